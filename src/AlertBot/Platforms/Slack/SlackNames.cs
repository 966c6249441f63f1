namespace AlertBot.Platforms.Slack;

/// <summary>
/// The slash commands that the app declares. Slack has commands of its own whose names no app can have, so most of ours stand
/// behind one: <c>/alertbot feed add</c>. Those that are typed often also stand alone.
/// </summary>
internal static class SlackNames
{
    /// <summary>The command that every other one can be typed behind.</summary>
    public const string Root = "alertbot";

    // https://docs.slack.dev/interactivity/implementing-slash-commands: the slash counts.
    private const int MaxLength = 32;

    /// <summary>
    /// Slack's own commands, those included that it had once: with one of them it refuses the whole list.
    /// https://slack.com/help/articles/201259356
    /// </summary>
    public static IReadOnlySet<string> Reserved { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "me", "status", "away", "dnd", "shrug", "remind", "msg", "feed", "who", "collapse", "expand", "leave", "join", "open", "search", "topic", "mute", "pro", "shortcuts",
        "active", "apps", "archive", "call", "dm", "invite", "kick", "part", "prefs", "rename", "star", "unarchive",
    };

    /// <summary>Slack's names of the commands that stand alone, by our names; some of them may not exist.</summary>
    public static IReadOnlyDictionary<string, string> StandAlone { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["follow"] = "follow",
        ["unfollow"] = "unfollow",
        ["who"] = "whois",
        ["brief"] = "brief",
        ["ask"] = "ask",
    };

    /// <summary>What is wrong with a name of Slack's, without its slash; null if it can be declared.</summary>
    public static string? FaultOf(string name) =>
        Reserved.Contains(name) ? $"/{name} is a command of Slack's own."
        : name.Length is 0 or >= MaxLength ? $"/{name} is not 2 to {MaxLength} characters long."
        : name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? null
        : $"/{name} has characters other than lower-case letters, digits and dashes.";

    /// <summary>The line of ours that a slash command means, whatever stands in front of its name: <c>/ab-whois Kim</c> is <c>/who Kim</c>.</summary>
    public static string LineOf(string command, string text)
    {
        var typed = command.TrimStart('/');
        if (typed.EndsWith(Root, StringComparison.OrdinalIgnoreCase))
        {
            return text.Trim().TrimStart('/').TrimStart() is { Length: > 0 } line ? Ours($"/{line}") : "/help";
        }

        // The longest one is meant: /unfollow ends in follow, too.
        var alone = StandAlone.Where(s => typed.EndsWith(s.Value, StringComparison.OrdinalIgnoreCase)).OrderByDescending(s => s.Value.Length).Select(s => s.Key).FirstOrDefault();
        return $"/{alone ?? typed} {text}".TrimEnd();
    }

    /// <summary>A line whose command may bear the name that it has on Slack, under our name.</summary>
    public static string Ours(string line)
    {
        foreach (var (name, end) in CommandNames.HeadsOf(line))
        {
            if (StandAlone.FirstOrDefault(s => s.Value != s.Key && s.Value.Equals(name, StringComparison.OrdinalIgnoreCase)).Key is { } ours)
            {
                return $"/{ours}{line[end..]}";
            }
        }

        return line;
    }
}
