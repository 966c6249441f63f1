using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds.Formats;

/// <summary>
/// The addresses that one item gives, of which one is the story's: the original before a redirecting one, the alternate page before any
/// other relation, a permanent id where there is no link, a media file only where there is nothing else.
/// </summary>
internal sealed class XmlLinks(FeedScope scope)
{
    private const string RelationPrefix = "http://www.iana.org/assignments/relation/";

    private string? _original;
    private string? _page;
    private string? _alternate;
    private string? _plain;
    private string? _guid;
    private string? _source;
    private string? _id;
    private string? _about;
    private string? _enclosure;

    public string? Best => _original ?? _plain ?? _page ?? _alternate ?? _guid ?? _source ?? _about ?? _id ?? _enclosure;

    public void Original(string text) => _original ??= Resolve(text);

    public void About(string? text) => _about ??= Resolve(text);

    public void Enclosure(string? text) => _enclosure ??= Resolve(text);

    public void Plain(string? text) => _plain ??= Resolve(text);

    /// <summary>Takes an id, and gives it as it counts: one that is only a path is made whole, as it means nothing elsewhere.</summary>
    public string? AtomId(string? id)
    {
        var isPath = id is not null && id.Contains('/', StringComparison.Ordinal) && !id.Contains(':', StringComparison.Ordinal) && !id.Contains(' ', StringComparison.Ordinal);
        _id ??= isPath ? Resolve(id) : FeedLinks.Resolve(id, null);
        return isPath ? _id ?? id : id;
    }

    public void ContentSource(MarkupElement content) => _source ??= Resolve(content.Attribute("src"), content);

    public void Guid(MarkupElement guid)
    {
        var isPermanent = guid.Attribute("ispermalink")?.Trim();
        if (!string.Equals(isPermanent, "false", StringComparison.OrdinalIgnoreCase))
        {
            // "true" is the default, and most ids that are none do not look like an address.
            _guid ??= isPermanent is null ? FeedLinks.Resolve(guid.Text, null) : Resolve(guid.Text, guid);
        }
    }

    public void Link(MarkupElement link)
    {
        var href = link.Attribute("href");
        var written = link.Attribute("rel");
        if (href is null && written is null)
        {
            _plain ??= Resolve(link.Text, link) ?? Resolve(link.Attribute("resource"), link);
            return;
        }

        href ??= link.Text;
        var relation = (written ?? "alternate").Trim().ToLowerInvariant();
        relation = relation.StartsWith(RelationPrefix, StringComparison.Ordinal) ? relation[RelationPrefix.Length..] : relation;
        if (relation == "enclosure")
        {
            _enclosure ??= Resolve(href, link);
        }
        else if (relation is "alternate" or "")
        {
            var isPage = link.Attribute("type")?.Trim() is not { Length: > 0 } type || type.Contains("html", StringComparison.OrdinalIgnoreCase);
            _page ??= isPage ? Resolve(href, link) : null;
            _alternate ??= Resolve(href, link);
        }
    }

    private string? Resolve(string? text, MarkupElement? element = null) =>
        FeedLinks.Resolve(text, FeedLinks.Base(element?.Attribute("xml:base"), scope.Base));
}
