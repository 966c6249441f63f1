using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds.Formats;

/// <summary>RSS 0.9x and 2.0, and the RDF family 0.90 and 1.0.</summary>
internal sealed class RssFormat : IFeedFormat
{
    public bool Recognises(FeedDocument document) => XmlFeed.Root(document) is { } root
        && (root.Name is "rss" or "channel" or "item" || XmlFeed.HasChannel(root) || (root.Name == "rdf" && root.First("item") is not null));

    public ParsedFeed Read(FeedDocument document)
    {
        var root = XmlFeed.Root(document)!;
        return XmlFeed.Read(document, Version(root), root, Vocabulary.Rss);
    }

    private static string Version(MarkupElement root)
    {
        if (root.Name == "rdf")
        {
            var isOldest = root.Elements.Any(child => child.Space.Contains("simple/0.9", StringComparison.OrdinalIgnoreCase));
            return isOldest ? "RSS 0.90" : "RSS 1.0";
        }

        var version = FeedText.Literal(root.Attribute("version"), isLine: true, LineBreaks.Folded);
        return version is { Length: <= 10 } ? $"RSS {version}" : "RSS";
    }
}
