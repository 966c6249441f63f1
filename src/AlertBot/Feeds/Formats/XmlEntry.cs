using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds.Formats;

/// <summary>
/// Gathers the fields of one item or entry. RSS elements in Atom and Atom elements in RSS count alike, so both formats read their
/// items here; where a feed says a thing twice, the most particular element wins.
/// </summary>
internal sealed class XmlEntry(FeedScope scope)
{
    private readonly XmlLinks _links = new(scope);
    private readonly XmlDates _dates = new();
    private readonly List<string> _creators = [];
    private readonly List<string> _authors = [];
    private string? _guid;
    private string? _identifier;
    private string? _title;
    private string? _otherTitle;
    private string? _summary;
    private string? _secondText;
    private string? _otherSummary;
    private string? _content;
    private string? _otherAuthor;
    private string? _sourceAuthor;

    /// <summary>The entry, or null where the item says nothing at all.</summary>
    public static FeedEntry? Read(MarkupElement item, FeedScope scope)
    {
        var inner = item.Attribute("xml:base") is { } ownBase ? scope with { Base = FeedLinks.Base(ownBase, scope.Base) } : scope;
        var entry = new XmlEntry(inner);
        entry._links.About(item.Attribute("about"));

        // Channel Definition Format says these by attributes.
        entry._links.Plain(item.Attribute("href"));
        entry._dates.Update(item.Attribute("lastmod"));
        foreach (var child in item.Elements)
        {
            entry.Take(child, inner.VocabularyOf(child));
        }

        return entry.Finish(item);
    }

    private void Take(MarkupElement child, Vocabulary vocabulary)
    {
        switch (vocabulary)
        {
            case Vocabulary.Rss or Vocabulary.Atom:
                TakeOwn(child, vocabulary);
                break;
            case Vocabulary.Content when child.Name == "encoded":
            case Vocabulary.Xhtml when child.Name is "body" or "div":
                _content ??= FeedText.Paragraphs(child, vocabulary);
                break;
            case Vocabulary.DublinCore:
                TakeDublinCore(child);
                break;
            case Vocabulary.Media:
                TakeMedia(child);
                break;
            case Vocabulary.Itunes:
                TakeItunes(child);
                break;
            case Vocabulary.FeedBurner when child.Name == "origlink":
                _links.Original(child.Text);
                break;
            case Vocabulary.Other when child.Name == "publicationdate":
                _dates.Other(child.Text);
                break;
            case Vocabulary.Other when child.IsUnclosed:
                TakeOther(child);
                break;
        }
    }

    // A tag that nobody knows and nobody closed holds fields of the item, not of its own.
    private void TakeOther(MarkupElement child)
    {
        _dates.Take(child);
        foreach (var inner in child.IsUnclosed ? child.Elements : [])
        {
            Take(inner, scope.VocabularyOf(inner));
        }
    }

    private void TakeOwn(MarkupElement child, Vocabulary vocabulary)
    {
        switch (child.Name)
        {
            case "title":
                _title ??= FeedText.Line(child, vocabulary);
                break;
            case "link":
                _links.Link(child);
                break;
            case "guid":
                _guid = Id(child.Text) ?? _guid;
                _links.Guid(child);
                break;
            case "id":
                _guid ??= _links.AtomId(Id(child.Text));
                break;
            case "enclosure":
                _links.Enclosure(child.Attribute("url"));
                break;
            case "description" or "summary" or "tagline" or "abstract":
                TakeSummary(FeedText.Paragraphs(child, vocabulary));
                break;
            case "content" or "encoded" or "fulltext" or "fullitem" or "body":
                _links.ContentSource(child);
                _content ??= FeedText.Paragraphs(child, vocabulary);
                break;
            case "author" or "creator":
                Add(_authors, Person.Of(child, vocabulary));
                break;
            case "source" when vocabulary == Vocabulary.Atom:
                _sourceAuthor ??= Person.Among(child, scope);
                break;
            default:
                TakeOther(child);
                break;
        }
    }

    private void TakeDublinCore(MarkupElement child)
    {
        switch (child.Name)
        {
            case "title":
                _otherTitle ??= FeedText.Line(child, Vocabulary.DublinCore);
                break;
            case "creator":
                Add(_creators, FeedText.Line(child, Vocabulary.DublinCore));
                break;
            case "author" or "contributor":
                _otherAuthor ??= FeedText.Line(child, Vocabulary.DublinCore);
                break;
            case "description" or "abstract":
                _otherSummary ??= FeedText.Paragraphs(child, Vocabulary.DublinCore);
                break;
            case "identifier":
                _identifier ??= Id(child.Text);
                break;
            default:
                TakeOther(child);
                break;
        }
    }

    private void TakeMedia(MarkupElement child)
    {
        switch (child.Name)
        {
            case "title":
                _otherTitle ??= FeedText.Line(child, Vocabulary.Media);
                break;
            case "description" or "text":
                _otherSummary ??= FeedText.Paragraphs(child, Vocabulary.Media);
                break;
            case "credit" when child.Attribute("role") is null or "author":
                _otherAuthor ??= FeedText.Line(child, Vocabulary.Media);
                break;
            case "player":
                _links.Enclosure(child.Attribute("url"));
                break;
            case "group" or "content":
                _links.Enclosure(child.Attribute("url"));
                foreach (var inner in child.Elements.Where(inner => inner.Vocabulary == Vocabulary.Media))
                {
                    TakeMedia(inner);
                }

                break;
        }
    }

    private void TakeItunes(MarkupElement child)
    {
        switch (child.Name)
        {
            case "title":
                _otherTitle ??= FeedText.Line(child, Vocabulary.Itunes);
                break;
            case "author":
                _otherAuthor ??= FeedText.Line(child, Vocabulary.Itunes);
                break;
            case "summary" or "subtitle":
                _otherSummary ??= FeedText.Paragraphs(child, Vocabulary.Itunes);
                break;
        }
    }

    // A second description is the whole text in feeds that have no better place for it.
    private void TakeSummary(string? text)
    {
        _secondText ??= _summary is null ? null : text;
        _summary ??= text;
    }

    private FeedEntry? Finish(MarkupElement item)
    {
        var entry = new FeedEntry(
            _guid ?? Id(item.Attribute("about")) ?? _identifier,
            _links.Best,
            _title ?? _otherTitle ?? "",
            Joined(_creators) ?? Joined(_authors) ?? _otherAuthor ?? _sourceAuthor ?? scope.Author,
            _dates.Published,
            _dates.Updated,
            _summary ?? _otherSummary,
            _content ?? _secondText);
        return entry is { IsBlank: true, Published: null, Updated: null } && !item.Elements.Any(Says) ? null : entry;

        static bool Says(MarkupElement element) => element.HasAttributes || element.HasElements || !string.IsNullOrWhiteSpace(element.Text);
    }

    private static void Add(List<string> names, string? name)
    {
        if (name is not null && !names.Contains(name) && names.Count < Person.Most)
        {
            names.Add(name);
        }
    }

    private static string? Joined(List<string> names) => names.Count == 0 ? null : string.Join(", ", names);

    private static string? Id(string? text) => FeedText.Literal(text, isLine: true, LineBreaks.Folded);
}
