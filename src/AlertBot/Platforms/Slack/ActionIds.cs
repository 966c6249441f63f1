namespace AlertBot.Platforms.Slack;

/// <summary>
/// The action ids of buttons and menus: how the answer is to be shown, and a number that makes them unlike each other. The
/// command line that they stand for is their value.
/// </summary>
internal static class ActionIds
{
    private const string Answer = "answer:";
    private const string Replace = "replace:";

    public static string Of(bool replaces, int number) => FormattableString.Invariant($"{(replaces ? Replace : Answer)}{number}");

    /// <summary>Whether it stands for a command line at all.</summary>
    public static bool IsCommand(string id) => id.StartsWith(Answer, StringComparison.Ordinal) || Replaces(id);

    /// <summary>Whether the answer takes the place of the message that was pressed on.</summary>
    public static bool Replaces(string id) => id.StartsWith(Replace, StringComparison.Ordinal);
}
