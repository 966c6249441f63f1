using System.Text.RegularExpressions;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>
/// What a person typed on Slack as a line of ours: people, channels, groups and addresses come in angle brackets, and three
/// characters escaped. Anything else that can be seen stays as it is. https://docs.slack.dev/messaging/formatting-message-text
/// </summary>
internal static partial class SlackLine
{
    /// <param name="team">The workspace that channels belong to.</param>
    /// <param name="self">The bot's own user, whose mention at the start is left out.</param>
    public static string Of(string text, string team, string? self = null)
    {
        var said = self is not null && Mention().Match(text) is { Success: true } mention && mention.Groups[1].Value == self ? text[mention.Length..] : text;
        return Unescape(Marked().Replace(said, marked => Plain(marked.Groups[1].Value, team) ?? marked.Value));
    }

    private static string? Plain(string inner, string team)
    {
        var bar = inner.IndexOf('|', StringComparison.Ordinal);
        var (target, label) = bar < 0 ? (inner, "") : (inner[..bar], inner[(bar + 1)..]);
        return target switch
        {
            ['@', .. { Length: > 0 } user] => label.Length > 0 ? $"@{label.TrimStart('@')}" : user,
            ['#', .. { Length: > 0 } channel] when channel.All(char.IsAsciiLetterOrDigit) => new SlackAddress(team, channel).ToChannel().ToString(),
            _ when target.StartsWith("!subteam^", StringComparison.Ordinal) => target["!subteam^".Length..],
            _ when target.StartsWith("!date^", StringComparison.Ordinal) && label.Length > 0 => label,
            "!here" or "!channel" or "!everyone" => $"@{target[1..]}",
            _ when target.StartsWith("mailto:", StringComparison.Ordinal) => target["mailto:".Length..],
            _ when target.StartsWith("tel:", StringComparison.Ordinal) => target["tel:".Length..],
            _ when target.StartsWith("http://", StringComparison.Ordinal) || target.StartsWith("https://", StringComparison.Ordinal) => target,
            _ => null,
        };
    }

    // The invisible space is in what people copy from the bot's own messages.
    private static string Unescape(string text) => text
        .Replace("\u200B", "", StringComparison.Ordinal)
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);

    [GeneratedRegex(@"<([^<>\n]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Marked();

    [GeneratedRegex(@"\A\s*<@([A-Z0-9]+)(?:\|[^<>]*)?>[\s,:]*", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();
}
