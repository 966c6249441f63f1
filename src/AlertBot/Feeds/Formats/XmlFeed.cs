using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds.Formats;

/// <summary>Reads a feed out of an XML tree: its head from where its format puts it, its items from wherever they stand.</summary>
internal static class XmlFeed
{
    private static readonly string[] Roots = ["rss", "rdf", "feed", "channel", "entry", "item"];

    /// <summary>The first outermost element that a feed can start with or that holds what a feed holds, else the first element at all.</summary>
    public static MarkupElement? Root(FeedDocument document)
    {
        if (document.LooksLikeJson)
        {
            return null;
        }

        var tops = document.Markup.Elements;
        return tops.FirstOrDefault(top => Roots.Contains(top.Name))
            ?? tops.FirstOrDefault(top => HasChannel(top) || HasEntries(top))
            ?? tops.FirstOrDefault();
    }

    /// <summary>Whether a channel lies in the element, whatever a slip has made of its own name.</summary>
    public static bool HasChannel(MarkupElement root) => root.First("channel") is not null;

    /// <inheritdoc cref="HasChannel"/>
    public static bool HasEntries(MarkupElement root) => root.Elements.Any(child => child is { Name: "entry", Vocabulary: Vocabulary.Atom });

    public static ParsedFeed Read(FeedDocument document, string format, MarkupElement root, Vocabulary native)
    {
        var isWhole = root.Name is not ("item" or "entry");
        var head = !isWhole || root.Name is "feed" or "channel" ? root : root.First("channel") ?? root;
        var headBase = head.Attribute("xml:base") ?? head.Attribute("base");
        var address = FeedLinks.Base(headBase, FeedLinks.Base(root.Attribute("xml:base"), document.BaseAddress));
        var scope = new FeedScope(native, root.Space, address, null);
        var link = isWhole ? Link(head, scope) : null;
        var hasOwnBase = root.Attribute("xml:base") is not null || headBase is not null;
        scope = scope with
        {
            Base = hasOwnBase ? address : FeedLinks.Base(link, address),
            Author = isWhole ? Person.Among(head, scope) : null,
        };
        var title = isWhole ? Title(head, scope) : null;
        List<FeedEntry> entries = [.. Items(document.Markup, scope).Select(item => XmlEntry.Read(item, scope)).OfType<FeedEntry>().Take(FeedParser.MostEntries)];
        return new ParsedFeed(format, title, link, entries) { Hints = isWhole ? XmlHints.Read(head, address) : FeedHints.None };
    }

    private static string? Title(MarkupElement head, FeedScope scope)
    {
        string? other = null;
        foreach (var child in head.Elements)
        {
            if (child.Name == "title" && scope.VocabularyOf(child) is var vocabulary && FeedText.Line(child, vocabulary) is { } title)
            {
                if (vocabulary is Vocabulary.Rss or Vocabulary.Atom)
                {
                    return title;
                }

                other ??= vocabulary is Vocabulary.DublinCore or Vocabulary.Itunes or Vocabulary.Media ? title : null;
            }
        }

        return other;
    }

    private static string? Link(MarkupElement head, FeedScope scope)
    {
        var links = new XmlLinks(scope);
        links.Plain(head.Attribute("href"));
        foreach (var child in head.Elements.Where(child => scope.VocabularyOf(child) is Vocabulary.Rss or Vocabulary.Atom))
        {
            if (child.Name == "link")
            {
                links.Link(child);
            }
            else if (child.Name == "id")
            {
                links.AtomId(child.Text);
            }
        }

        links.About(head.Attribute("about"));
        return links.Best;
    }

    // Items stand in the channel, beside it (RDF), or anywhere at all in a feed that lost its closing tags. They do not nest.
    private static List<MarkupElement> Items(MarkupElement document, FeedScope scope)
    {
        var items = new List<MarkupElement>();
        Collect(document);
        return items;

        void Collect(MarkupElement parent)
        {
            foreach (var child in parent.Elements)
            {
                if (FeedShape.IsItem(child.Name) && scope.VocabularyOf(child) is Vocabulary.Rss or Vocabulary.Atom)
                {
                    items.Add(child);
                }
                else
                {
                    Collect(child);
                }
            }
        }
    }
}
