using System.Text;
using System.Xml.Linq;

namespace AlertBot.Feeds.Formats;

/// <summary>Atom 0.3 and 1.0 (RFC 4287), with xml:base and every kind of content.</summary>
internal sealed class AtomFormat : IFeedFormat
{
    private static readonly XName XmlBase = XNamespace.Xml + "base";

    public bool Recognises(FeedContent content) => content.Xml?.Name.LocalName.ToLowerInvariant() is "feed" or "entry";

    public ParsedFeed Read(FeedContent content)
    {
        var root = content.Xml!;
        var relativeTo = Base(root, content.BaseAddress);
        var entries = root.DescendantsAndSelf().Where(e => e.Name.LocalName.Equals("entry", StringComparison.OrdinalIgnoreCase));
        var feedAuthor = Author(root);
        return new ParsedFeed(
            $"Atom {(root.AttributeText("version") is { } version ? version : "1.0")}",
            TextOf(root, "title") is { Length: > 0 } title ? HtmlText.OneLine(title) : null,
            Link(root, relativeTo),
            [.. entries.Select(e => ReadEntry(e, relativeTo, feedAuthor)).OfType<FeedEntry>()]);
    }

    private static FeedEntry? ReadEntry(XElement item, Uri? feedBase, string? feedAuthor)
    {
        var relativeTo = Base(item, feedBase);
        var id = item.Own("id").FirstText();
        var entry = new FeedEntry(
            id,
            EntryLinks.Absolute(item.Extension(FeedNames.FeedBurner, "origLink").FirstText(), relativeTo) ?? Link(item, relativeTo) ?? EntryLinks.Web(id),
            HtmlText.OneLine(TextOf(item, "title") ?? item.Extension(FeedNames.Media, "title").FirstText() ?? ""),
            Author(item) ?? feedAuthor,
            FeedDates.Parse(item.Own("published").FirstText() ?? item.Own("issued").FirstText() ?? item.Own("created").FirstText() ?? item.Extension(FeedNames.DublinCore, "date").FirstText()),
            FeedDates.Parse(item.Own("updated").FirstText() ?? item.Own("modified").FirstText()),
            TextOf(item, "summary") ?? EntryText.Html(item.Descendants().FirstOrDefault(e => e.Name == XName.Get("description", FeedNames.Media))?.Value),
            TextOf(item, "content"));
        return EntryText.IsEmpty(entry) ? null : entry;
    }

    private static string? Author(XElement parent) => EntryText.Line(
        string.Join(", ", parent.Own("author").Select(a => a.Own("name").FirstText() ?? (a.HasElements ? null : a.Value.Trim())).Where(n => n?.Length > 0)));

    private static string? Link(XElement parent, Uri? relativeTo)
    {
        var links = parent.Own("link").Where(l => l.AttributeText("href") is not null).ToList();
        var best = links.FirstOrDefault(l => IsAlternate(l) && l.AttributeText("type") is null or "text/html" or "application/xhtml+xml")
            ?? links.FirstOrDefault(IsAlternate)
            ?? links.FirstOrDefault(l => l.AttributeText("rel") is "related" or "enclosure");
        return best is null
            ? EntryLinks.Absolute(parent.Own("link").FirstText(), relativeTo)
            : EntryLinks.Absolute(best.AttributeText("href"), Base(best, relativeTo));

        static bool IsAlternate(XElement link) => link.AttributeText("rel") is null or "" or "alternate";
    }

    /// <summary>Plain text of a text construct. Its type says whether it is text, escaped markup or markup.</summary>
    private static string? TextOf(XElement parent, string name)
    {
        if (parent.Own(name).FirstOrDefault() is not { } element)
        {
            return null;
        }

        var type = (element.AttributeText("type") ?? "text").ToLowerInvariant();
        var mode = element.AttributeText("mode")?.ToLowerInvariant();
        var text = (mode, type) switch
        {
            _ when element.HasElements => HtmlText.FromHtml(Markup(element)),
            ("base64", _) => FromBase64(element.Value),
            ("escaped", _) or (_, "html" or "text/html" or "xhtml" or "application/xhtml+xml") => HtmlText.FromHtml(element.Value),
            (_, "text" or "text/plain") => HtmlText.Clean(element.Value),
            _ when type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("xml", StringComparison.Ordinal) => HtmlText.FromHtml(element.Value),
            _ => FromBase64(element.Value),
        };
        return text.Length > 0 ? text : null;
    }

    private static string FromBase64(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value.Trim(), bytes, out var length) ? HtmlText.FromHtml(Encoding.UTF8.GetString(bytes.AsSpan(0, length))) : HtmlText.FromHtml(value);
    }

    // XHTML as HTML, prefixes dropped. Written without recursion: depth is the publisher's choice.
    private static string Markup(XElement element)
    {
        var html = new StringBuilder();
        var work = new Stack<object>(element.Nodes().Reverse());
        while (work.TryPop(out var next))
        {
            switch (next)
            {
                case XElement child:
                    html.Append('<').Append(child.Name.LocalName).Append('>');
                    work.Push($"</{child.Name.LocalName}>");
                    foreach (var node in child.Nodes().Reverse())
                    {
                        work.Push(node);
                    }

                    break;
                case XText text:
                    html.Append(System.Net.WebUtility.HtmlEncode(text.Value));
                    break;
                case string close:
                    html.Append(close);
                    break;
            }
        }

        return html.ToString();
    }

    private static Uri? Base(XElement element, Uri? outer)
    {
        var given = element.AncestorsAndSelf().Select(e => e.Attribute(XmlBase)?.Value).FirstOrDefault(b => b is not null);
        return given is not null && (outer is null ? Uri.TryCreate(given, UriKind.Absolute, out var resolved) : Uri.TryCreate(outer, given, out resolved)) ? resolved : outer;
    }
}
