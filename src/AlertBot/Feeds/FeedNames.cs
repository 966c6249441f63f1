using System.Xml.Linq;

namespace AlertBot.Feeds;

/// <summary>The namespaces found in feeds, and look-ups that forgive a wrong one.</summary>
internal static class FeedNames
{
    public const string Atom = "http://www.w3.org/2005/Atom";
    public const string Content = "http://purl.org/rss/1.0/modules/content/";
    public const string DublinCore = "http://purl.org/dc/elements/1.1/";
    public const string FeedBurner = "http://rssnamespace.org/feedburner/ext/1.0";
    public const string Itunes = "http://www.itunes.com/dtds/podcast-1.0.dtd";
    public const string Media = "http://search.yahoo.com/mrss/";
    public const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /// <summary>Child elements of that name in the feed's own namespace, whatever its version calls it: none of the extensions'.</summary>
    public static IEnumerable<XElement> Own(this XElement parent, string name) => parent.Elements().Where(e =>
        string.Equals(e.Name.LocalName, name, StringComparison.OrdinalIgnoreCase) && !IsExtension(e.Name.NamespaceName));

    /// <summary>Child elements of an extension; the namespace is compared without case, scheme and trailing slash.</summary>
    public static IEnumerable<XElement> Extension(this XElement parent, string space, string name) => parent.Elements().Where(e =>
        string.Equals(e.Name.LocalName, name, StringComparison.OrdinalIgnoreCase) && Same(e.Name.NamespaceName, space));

    public static string? AttributeText(this XElement element, string name) =>
        element.Attributes().FirstOrDefault(a => string.Equals(a.Name.LocalName, name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>Trimmed text of the first element that has any, or null.</summary>
    public static string? FirstText(this IEnumerable<XElement> elements) => elements.Select(e => e.Value.Trim()).FirstOrDefault(v => v.Length > 0);

    private static bool IsExtension(string space) =>
        Same(space, DublinCore) || Same(space, Content) || Same(space, Media) || Same(space, Itunes) || Same(space, FeedBurner);

    private static bool Same(string one, string other) => Bare(one).Equals(Bare(other), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string space) => space.Replace("https://", "http://", StringComparison.OrdinalIgnoreCase).TrimEnd('/', '#');
}
