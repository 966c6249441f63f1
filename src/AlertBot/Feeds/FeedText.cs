using System.Text;
using System.Text.Unicode;
using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds;

/// <summary>
/// Makes plain text of what a feed's element holds, by the element's type: literal text, escaped HTML, or elements of its own. In Atom
/// the type attribute says which; in RSS all text is taken for HTML.
/// </summary>
internal static class FeedText
{
    private enum Kind
    {
        Nothing,
        Literal,
        Html,
        Tree,
    }

    /// <summary>One line; null where there is nothing to read.</summary>
    public static string? Line(MarkupElement element, Vocabulary vocabulary) => Write(element, vocabulary, isLine: true);

    /// <summary>Paragraphs; null where there is nothing to read.</summary>
    public static string? Paragraphs(MarkupElement element, Vocabulary vocabulary) => Write(element, vocabulary, isLine: false);

    /// <summary>Text that is no markup, whatever it looks like.</summary>
    public static string? Literal(string? text, bool isLine, LineBreaks lineBreaks)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var flow = new TextFlow(isLine, text.Length) { LineBreaks = lineBreaks };
        flow.Text(text);
        return NullIfEmpty(flow.ToString());
    }

    public static string? Html(string? html, bool isLine) =>
        string.IsNullOrWhiteSpace(html) ? null : NullIfEmpty(isLine ? HtmlText.Line(html) : HtmlText.Plain(html));

    private static string? Write(MarkupElement element, Vocabulary vocabulary, bool isLine)
    {
        var (kind, text) = Read(element, vocabulary);
        return kind switch
        {
            Kind.Literal => Literal(text, isLine, LineBreaks.BlankLines),
            Kind.Html => Html(text, isLine),
            Kind.Tree => Tree(element, isLine, isHtml: vocabulary != Vocabulary.Atom || IsHtml(Type(element))),
            _ => null,
        };
    }

    private static (Kind Kind, string Text) Read(MarkupElement element, Vocabulary vocabulary)
    {
        if (element.HasElements)
        {
            return (Kind.Tree, "");
        }

        if (vocabulary != Vocabulary.Atom)
        {
            return (Kind.Html, element.Text);
        }

        var type = Type(element);
        var mode = element.Attribute("mode")?.Trim().ToLowerInvariant();
        var isText = type == "text" || type?.StartsWith("text/", StringComparison.Ordinal) == true;
        var isMarkup = type is not null && (type == "xhtml" || type.EndsWith("/xml", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal));
        return mode == "base64" ? (IsHtml(type) ? Kind.Html : Kind.Literal, FromBase64(element.Text))
            : IsHtml(type) || (mode == "escaped" && isMarkup) ? (Kind.Html, element.Text)
            : type is null || isText || isMarkup ? (Kind.Literal, element.Text)
            : !type.Contains('/', StringComparison.Ordinal) ? (Kind.Html, element.Text)
            : IsMedia(type) ? (Kind.Nothing, "")
            : (Kind.Html, FromBase64(element.Text));
    }

    private static string? Type(MarkupElement element) => element.Attribute("type")?.Trim().ToLowerInvariant();

    private static bool IsMedia(string type) => type.Split('/')[0] is "image" or "audio" or "video" or "font";

    private static bool IsHtml(string? type) => type is "html" or "text/html";

    private static string FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        var isText = Convert.TryFromBase64String(text, bytes, out var length) && Utf8.IsValid(bytes.AsSpan(0, length)) && !bytes.AsSpan(0, length).Contains((byte)0);
        return isText ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }

    private static string? Tree(MarkupElement element, bool isLine, bool isHtml)
    {
        var flow = new TextFlow(isLine, 256);
        Write(element, flow);
        return NullIfEmpty(flow.ToString());

        void Write(MarkupElement parent, TextFlow into)
        {
            foreach (var node in parent.Nodes)
            {
                if (node.Element is { } child)
                {
                    var tag = HtmlTags.Of(child.Name);
                    into.Start(tag, child.Name);
                    Write(child, into);
                    into.End(tag, child.Name);
                }
                else if (isHtml)
                {
                    HtmlText.Write(node.Text!, into, isLine);
                }
                else
                {
                    into.Text(node.Text);
                }
            }
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
