namespace AlertBot.Platforms.Slack.Wire;

/// <summary>What a message shows. Everything of it is escaped already.</summary>
/// <param name="Text">What notifications and screen readers say; mrkdwn.</param>
/// <param name="Blocks">At most 50.</param>
internal sealed record SlackMessage(string Text, IReadOnlyList<Block> Blocks)
{
    private const int MostPings = 10;

    /// <summary>The same, which also calls user groups. What is no id of one calls nobody.</summary>
    public SlackMessage Calling(IReadOnlyList<string> groups)
    {
        var calls = string.Join(' ', groups.Where(IsRole).Distinct().Take(MostPings).Select(id => $"<!subteam^{id}>"));
        return calls.Length == 0 ? this : new SlackMessage($"{calls} {Text}", [new Block.Section(new Mrkdwn(calls)), .. Blocks]);
    }

    public static bool IsRole(string id) => id is ['S', _, ..] && id.All(char.IsAsciiLetterOrDigit);
}
