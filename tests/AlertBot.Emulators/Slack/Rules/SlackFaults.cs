namespace AlertBot.Emulators.Slack.Rules;

/// <summary>What is wrong, in the words that <c>response_metadata.messages</c> has after <c>[ERROR]</c>. https://docs.slack.dev/reference/block-kit/blocks</summary>
internal sealed class SlackFaults
{
    private readonly List<string> faults = [];

    public IReadOnlyList<string> All => faults;

    /// <param name="at">A JSON pointer from the arguments' root.</param>
    public void Add(string at, string what) => faults.Add($"{what} [json-pointer:{at}]");
}
