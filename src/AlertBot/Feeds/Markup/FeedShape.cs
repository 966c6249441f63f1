using System.Collections.Frozen;

namespace AlertBot.Feeds.Markup;

/// <summary>What is known of a feed's shape before its format is known: enough to mend a tree whose closing tags are missing.</summary>
internal static class FeedShape
{
    private static readonly FrozenSet<string> Containers = new[] { "", "rss", "rdf", "channel", "feed", "item", "entry" }.ToFrozenSet();

    private static readonly FrozenSet<string> Lines = new[]
    {
        "title", "link", "guid", "id", "pubdate", "published", "updated", "issued", "modified", "date", "creator", "comments", "category",
        "origlink", "language", "lastbuilddate", "generator", "copyright", "ttl",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Bodies = new[] { "description", "summary", "content", "encoded" }.ToFrozenSet();

    private static readonly FrozenSet<string> Unmistakable = new[]
    {
        "guid", "pubdate", "published", "updated", "issued", "modified", "creator", "description", "encoded", "comments", "lastbuilddate",
        "generator",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Neighbours = new[] { "author", "source", "enclosure", "image", "items", "channel" }.ToFrozenSet();

    private static readonly FrozenSet<string> Void = new[] { "br", "hr", "img", "wbr", "input" }.ToFrozenSet();

    public static bool IsContainer(string name) => Containers.Contains(name);

    /// <summary>Items do not nest: one that opens closes the one before it.</summary>
    public static bool IsItem(string name) => name is "item" or "entry";

    /// <summary>HTML elements that have no closing tag.</summary>
    public static bool IsVoid(string name) => Void.Contains(name);

    /// <summary>Whether an open field must have ended because another field starts.</summary>
    public static bool EndsWhen(string field, string starting) =>
        Lines.Contains(field) ? IsField(starting) || IsItem(starting) || Neighbours.Contains(starting)
        : Bodies.Contains(field) && (Unmistakable.Contains(starting) || IsItem(starting));

    /// <summary>Whether an element of this name holds a text of its own in a feed or an item.</summary>
    public static bool IsField(string name) => Lines.Contains(name) || Bodies.Contains(name);
}
