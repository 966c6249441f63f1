using System.Text.RegularExpressions;

namespace AlertBot.Tests.Support;

/// <summary>What acts in a text when Discord shows it, by the rules of its client: everything that is not just letters.</summary>
internal static partial class DiscordMarkdown
{
    /// <summary>Such as <c>bold</c>, <c>list</c>, <c>link https://x</c>, <c>time &lt;t:1:R&gt;</c>.</summary>
    public static IEnumerable<string> ActsOf(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var line = at == 0 || text[at - 1] == '\n' ? LineStart().Match(text, at) : Match.Empty;
            if (line.Success)
            {
                yield return line.Value.Trim() switch { "-#" => "small", ['#', ..] => "heading", ['>', ..] => "quote", _ => "list" };
                at += line.Length;
                // What follows a list's mark or a quote's begins a line in its turn.
                text = text[..(at - 1)] + "\n" + text[at..];
                continue;
            }

            var escape = Escape().Match(text, at);
            var link = Link().Match(text, at);
            var bold = Bold().Match(text, at);
            var other = Other().Match(text, at);
            if (escape.Success)
            {
                at += escape.Length;
            }
            else if (link.Success)
            {
                yield return $"link {link.Groups["url"].Value}";
                foreach (var act in ActsOf("." + link.Groups["label"].Value))
                {
                    yield return $"{act} in a link";
                }

                at += link.Length;
            }
            else if (bold.Success)
            {
                yield return "bold";
                foreach (var act in ActsOf("." + bold.Groups["text"].Value))
                {
                    yield return $"{act} in bold";
                }

                at += bold.Length;
            }
            else if (other.Success)
            {
                yield return $"{other.Groups.Values.Skip(1).First(g => g.Success).Name} {other.Value}";
                at += other.Length;
            }
            else
            {
                at++;
            }
        }
    }

    [GeneratedRegex(@"\G *(-#|#{1,3}|[-*+]|\d+[.)]|>>>|>) +")]
    private static partial Regex LineStart();

    [GeneratedRegex(@"\G\\[^0-9A-Za-z\s]")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\G\[(?<label>(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?(?<url>(?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['""][\s\S]*?['""])?\s*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\G\*\*(?<text>(?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")]
    private static partial Regex Bold();

    [GeneratedRegex(@"\G(?:(?<time><t:-?\d+(?::[tTdDfFR])?>)|(?<mention><(?:@[!&]?|\#|id:|/[^>]*:)[^>]*>|@everyone|@here)|(?<emoji><a?:\w+:\d+>|:[^\s:]+:)|(?<address><?https?://\S+|<[^\s>]+@[^\s>]+>)|(?<mark>[*_~|`]))", RegexOptions.IgnoreCase)]
    private static partial Regex Other();
}
