using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Text;

namespace AlertBot.Feeds;

/// <summary>Plain text of HTML, without losing words: paragraphs stay apart, scripts and styles go, entities are decoded.</summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "p", "div", "section", "article", "header", "footer", "aside", "main", "nav", "ul", "ol", "dl", "dt", "dd", "table", "tr", "blockquote", "pre",
        "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "form", "fieldset", "address", "details", "summary",
    };

    private static readonly Dictionary<string, HtmlParseMode> Silent = new(StringComparer.Ordinal)
    {
        ["script"] = HtmlParseMode.Script, ["style"] = HtmlParseMode.Rawtext, ["noscript"] = HtmlParseMode.Rawtext, ["iframe"] = HtmlParseMode.Rawtext,
        ["noembed"] = HtmlParseMode.Rawtext, ["noframes"] = HtmlParseMode.Rawtext, ["textarea"] = HtmlParseMode.RCData,
    };

    /// <summary>Text of markup: paragraphs separated by a blank line, list items as <c>- item</c>.</summary>
    public static string FromHtml(string html)
    {
        if (html.AsSpan().IndexOfAny('<', '&') < 0)
        {
            return Clean(html);
        }

        var text = new StringBuilder(html.Length);
        using var source = new TextSource(html);
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { IsAcceptingCharacterData = true };
        string? silentUntil = null;
        for (var token = tokenizer.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokenizer.Get())
        {
            switch (token.Type)
            {
                case HtmlTokenType.StartTag when silentUntil is null && Silent.TryGetValue(token.Name, out var mode):
                    silentUntil = token.Name;
                    tokenizer.State = mode;
                    break;
                case HtmlTokenType.EndTag when token.Name == silentUntil:
                    silentUntil = null;
                    break;
                case HtmlTokenType.StartTag or HtmlTokenType.EndTag when silentUntil is null:
                    text.Append(Break(token.Name, token.Type == HtmlTokenType.StartTag));
                    break;
                case HtmlTokenType.Character when silentUntil is null:
                    // Line breaks of the source are mere spaces.
                    text.Append(token.Data.Replace('\n', ' ').Replace('\r', ' '));
                    break;
            }
        }

        return Clean(text.ToString());
    }

    /// <summary>Text that is no markup: white space folded, invisible characters taken out, paragraphs kept.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        var breaks = 0;
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n')
            {
                breaks++;
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                space = true;
            }
            else if (!IsInvisible(rune))
            {
                if (clean.Length > 0)
                {
                    clean.Append(breaks switch { 0 => space ? " " : "", 1 => "\n", _ => "\n\n" });
                }

                (breaks, space) = (0, false);
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>The same on one line.</summary>
    public static string OneLine(string text) => Clean(text.ReplaceLineEndings(" "));

    private static string Break(string tag, bool isStart) => tag switch
    {
        "br" => "\n",
        "li" => isStart ? "\n- " : "",
        "td" or "th" => " ",
        _ when Blocks.Contains(tag) => "\n\n",
        _ => "",
    };

    // Control, zero-width and bidirectional characters: they show nothing, and can make a text look like another.
    private static bool IsInvisible(Rune rune) =>
        Rune.IsControl(rune) || rune.Value is 0xAD or 0x61C or 0x180E or 0x200B or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0xFEFF or 0xFFFD or (>= 0xFFF9 and <= 0xFFFB);
}
