using System.Text.RegularExpressions;

namespace AlertBot.Feeds.Formats;

/// <summary>What the formats share in making text plain.</summary>
internal static partial class EntryText
{
    /// <summary>A title that may hold markup. Only what looks like a tag or an entity is taken for markup: <c>AT&amp;T &lt;3</c> keeps its words.</summary>
    public static string? Title(string? text) => text is null ? null : NullIfEmpty(HtmlText.OneLine(Markup().IsMatch(text) ? HtmlText.FromHtml(text) : text));

    public static string? Html(string? html) => html is null ? null : NullIfEmpty(HtmlText.FromHtml(html));

    public static string? Clean(string? text) => text is null ? null : NullIfEmpty(HtmlText.Clean(text));

    public static string? Line(string? text) => text is null ? null : NullIfEmpty(HtmlText.OneLine(text));

    /// <summary>An item that says nothing and leads nowhere.</summary>
    public static bool IsEmpty(FeedEntry entry) => entry is { Title: "", Link: null, Summary: null, Content: null };

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;

    [GeneratedRegex("""</?[a-zA-Z][a-zA-Z0-9]*(\s[^<>]*)?/?>|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]+);""", RegexOptions.CultureInvariant)]
    private static partial Regex Markup();
}
