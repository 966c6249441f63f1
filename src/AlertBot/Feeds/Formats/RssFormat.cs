using System.Xml.Linq;

namespace AlertBot.Feeds.Formats;

/// <summary>RSS 0.90, 0.91 to 0.94 and 2.0, and RSS 1.0 (RDF): one family, told apart by where the items stand.</summary>
internal sealed class RssFormat : IFeedFormat
{
    public bool Recognises(FeedContent content) => content.Xml?.Name.LocalName.ToLowerInvariant() is "rss" or "rdf" or "channel" or "item";

    public ParsedFeed Read(FeedContent content)
    {
        var root = content.Xml!;
        var isRdf = root.Name.LocalName.Equals("rdf", StringComparison.OrdinalIgnoreCase);
        var channel = root.Name.LocalName.Equals("channel", StringComparison.OrdinalIgnoreCase) ? root : root.Own("channel").FirstOrDefault();
        // RSS 1.0 has its items beside the channel, the others in it; broken documents have them anywhere.
        var items = root.DescendantsAndSelf().Where(e => e.Name.LocalName.Equals("item", StringComparison.OrdinalIgnoreCase));
        var home = EntryLinks.Absolute(channel?.Own("link").FirstText() ?? AtomLink(channel), content.BaseAddress);
        var relativeTo = content.BaseAddress ?? (home is null ? null : new Uri(home));
        return new ParsedFeed(
            isRdf ? "RSS 1.0" : $"RSS {root.AttributeText("version") ?? "2.0"}",
            EntryText.Title(channel?.Own("title").FirstText() ?? channel?.Extension(FeedNames.DublinCore, "title").FirstText()),
            home,
            [.. items.Select(i => ReadItem(i, relativeTo)).OfType<FeedEntry>()]);
    }

    private static FeedEntry? ReadItem(XElement item, Uri? relativeTo)
    {
        var guid = item.Own("guid").FirstText() ?? item.AttributeText("about")?.Trim() ?? item.Extension(FeedNames.DublinCore, "identifier").FirstText();
        var entry = new FeedEntry(
            guid is { Length: > 0 } ? guid : null,
            Link(item, guid, relativeTo),
            EntryText.Title(item.Own("title").FirstText() ?? item.Extension(FeedNames.DublinCore, "title").FirstText() ?? item.Extension(FeedNames.Media, "title").FirstText()) ?? "",
            EntryText.Line(item.Own("author").FirstText() ?? item.Extension(FeedNames.DublinCore, "creator").FirstText() ?? item.Extension(FeedNames.Itunes, "author").FirstText()),
            FeedDates.Parse(item.Own("pubDate").FirstText() ?? item.Extension(FeedNames.DublinCore, "date").FirstText() ?? item.Own("published").FirstText() ?? item.Own("date").FirstText()),
            FeedDates.Parse(item.Own("updated").FirstText() ?? item.Own("modified").FirstText()),
            EntryText.Html(item.Own("description").FirstText() ?? item.Own("summary").FirstText() ?? item.Extension(FeedNames.DublinCore, "description").FirstText()
                ?? item.Extension(FeedNames.Media, "description").FirstText() ?? item.Extension(FeedNames.Itunes, "summary").FirstText()),
            EntryText.Html(item.Extension(FeedNames.Content, "encoded").FirstText() ?? item.Own("body").FirstText() ?? item.Own("fullitem").FirstText()));
        return EntryText.IsEmpty(entry) ? null : entry;
    }

    private static string? Link(XElement item, string? guid, Uri? relativeTo)
    {
        var original = item.Extension(FeedNames.FeedBurner, "origLink").FirstText();
        var permalink = item.Own("guid").Any(g => !string.Equals(g.AttributeText("isPermaLink"), "false", StringComparison.OrdinalIgnoreCase)) ? guid : null;
        return EntryLinks.Absolute(original ?? item.Own("link").FirstText() ?? AtomLink(item), relativeTo)
            ?? EntryLinks.Web(permalink)
            ?? EntryLinks.Web(item.AttributeText("about"))
            ?? EntryLinks.Absolute(item.Own("enclosure").Select(e => e.AttributeText("url")).FirstOrDefault(), relativeTo);
    }

    private static string? AtomLink(XElement? parent) =>
        parent?.Own("link").Where(l => l.AttributeText("rel") is null or "alternate").Select(l => l.AttributeText("href")).FirstOrDefault(h => h is not null);
}
