using System.Text.RegularExpressions;

namespace AlertBot.Emulators.Slack.Rules;

/// <summary>What acts in mrkdwn when Slack shows it: all that is not just letters. https://docs.slack.dev/messaging/formatting-message-text</summary>
internal static partial class TextRules
{
    /// <summary>Such as <c>mention &lt;!channel&gt;</c>, <c>link https://x</c>, <c>bold</c>, <c>quote</c>.</summary>
    /// <param name="verbatim">Bare addresses are then just letters.</param>
    public static IReadOnlyList<string> ActsOf(string text, bool verbatim = true)
    {
        var acts = new List<string>();
        foreach (Match act in Act().Matches(text))
        {
            var name = act.Groups.Values.Skip(1).First(group => group.Success && group.Name is not ("url" or "inner")).Name;
            if (name == "address" && verbatim)
            {
                continue;
            }

            acts.Add(name switch
            {
                "mention" or "time" or "channel" or "emoji" => $"{name} {act.Value}",
                "link" => $"link {act.Groups["url"].Value}",
                "address" => $"link {act.Value}",
                _ => name,
            });
            if (act.Groups["inner"] is { Success: true } inner)
            {
                acts.AddRange(ActsOf(inner.Value, verbatim).Select(act => $"{act} in {name}"));
            }
        }

        return acts;
    }

    // A mark is one only at a word's edge; U+200B beside it on the inside takes its force.
    [GeneratedRegex(
        """
        (?<mention><(?:!(?:channel|here|everyone|subteam\^)|@[UW])[^<>]*>)
        |(?<time><!date\^[^<>]*>)
        |(?<channel><\#[CG][^<>]*>)
        |(?<link><(?<url>[a-z][a-z0-9+.-]*:[^<>|]*)(?:\|[^<>]*)?>)
        |(?<preformatted>```[\s\S]+?```)
        |(?<code>`[^`\n]+`)
        |(?<bold>(?<![\w*])\*(?<inner>[^\s\u200B*](?:[^*\n]*[^\s\u200B*])?)\*(?![\w*]))
        |(?<italic>(?<![\w_])_(?<inner>[^\s\u200B_](?:[^_\n]*[^\s\u200B_])?)_(?![\w_]))
        |(?<strike>(?<![\w~])~(?<inner>[^\s\u200B~](?:[^~\n]*[^\s\u200B~])?)~(?![\w~]))
        |(?<quote>(?<![^\n])(?:>|&gt;))
        |(?<emoji>:[a-z0-9_+'-]+:)
        |(?<address>https?://[^\s<>|]+)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Act();
}
