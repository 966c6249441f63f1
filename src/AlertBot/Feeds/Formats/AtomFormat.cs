using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds.Formats;

/// <summary>Atom 1.0 and 0.3, whole feeds and single entries.</summary>
internal sealed class AtomFormat : IFeedFormat
{
    public bool Recognises(FeedDocument document) => XmlFeed.Root(document) is { } root && (root.Name is "feed" or "entry" || XmlFeed.HasEntries(root));

    public ParsedFeed Read(FeedDocument document)
    {
        var root = XmlFeed.Root(document)!;
        var isOld = root.Attribute("version")?.Trim() == "0.3" || root.Space.Contains("purl.org/atom", StringComparison.OrdinalIgnoreCase);
        return XmlFeed.Read(document, isOld ? "Atom 0.3" : "Atom 1.0", root, Vocabulary.Atom);
    }
}
