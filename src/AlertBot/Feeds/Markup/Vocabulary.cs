using System.Collections.Frozen;

namespace AlertBot.Feeds.Markup;

/// <summary>The family of element names that a namespace stands for. Elements in no namespace count as RSS.</summary>
internal enum Vocabulary
{
    Other,
    Rss,
    Atom,
    DublinCore,
    Content,
    Media,
    Itunes,
    Rdf,
    Xhtml,
    FeedBurner,
}

/// <summary>
/// Finds the vocabulary of a namespace as publishers write it: case, scheme and a closing slash or hash do not count.
/// A prefix that nobody declared, or declared as something unknown, is read as what it conventionally stands for.
/// </summary>
internal static class Vocabularies
{
    private static readonly FrozenDictionary<string, Vocabulary> ByNamespace = new Dictionary<string, Vocabulary>
    {
        [""] = Vocabulary.Rss,
        ["purl.org/rss/1.0"] = Vocabulary.Rss,
        ["my.netscape.com/rdf/simple/0.9"] = Vocabulary.Rss,
        ["channel.netscape.com/rdf/simple/0.9"] = Vocabulary.Rss,
        ["my.netscape.com/publish/formats/rss-0.91.dtd"] = Vocabulary.Rss,
        ["purl.org/net/rss1.1"] = Vocabulary.Rss,
        ["backend.userland.com/rss"] = Vocabulary.Rss,
        ["backend.userland.com/rss2"] = Vocabulary.Rss,
        ["backend.userland.com/rss091"] = Vocabulary.Rss,
        ["backend.userland.com/rss092"] = Vocabulary.Rss,
        ["blogs.law.harvard.edu/tech/rss"] = Vocabulary.Rss,
        ["cyber.law.harvard.edu/rss/rss.html"] = Vocabulary.Rss,
        ["www.rssboard.org/rss-specification"] = Vocabulary.Rss,
        ["www.w3.org/2005/atom"] = Vocabulary.Atom,
        ["www.w3.org/atom/ns"] = Vocabulary.Atom,
        ["purl.org/dc/elements/1.1"] = Vocabulary.DublinCore,
        ["purl.org/dc/elements/1.0"] = Vocabulary.DublinCore,
        ["purl.org/dc/terms"] = Vocabulary.DublinCore,
        ["purl.org/rss/1.0/modules/dcterms"] = Vocabulary.DublinCore,
        ["purl.org/rss/1.0/modules/content"] = Vocabulary.Content,
        ["search.yahoo.com/mrss"] = Vocabulary.Media,
        ["video.search.yahoo.com/mrss"] = Vocabulary.Media,
        ["www.rssboard.org/media-rss"] = Vocabulary.Media,
        ["www.itunes.com/dtds/podcast-1.0.dtd"] = Vocabulary.Itunes,
        ["example.com/dtds/podcast-1.0.dtd"] = Vocabulary.Itunes,
        ["www.w3.org/1999/02/22-rdf-syntax-ns"] = Vocabulary.Rdf,
        ["www.w3.org/1999/xhtml"] = Vocabulary.Xhtml,
        ["rssnamespace.org/feedburner/ext/1.0"] = Vocabulary.FeedBurner,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Vocabulary> ByPrefix = new Dictionary<string, Vocabulary>
    {
        [""] = Vocabulary.Rss,
        ["rss"] = Vocabulary.Rss,
        ["atom"] = Vocabulary.Atom,
        ["atom10"] = Vocabulary.Atom,
        ["a10"] = Vocabulary.Atom,
        ["dc"] = Vocabulary.DublinCore,
        ["dcterms"] = Vocabulary.DublinCore,
        ["content"] = Vocabulary.Content,
        ["media"] = Vocabulary.Media,
        ["itunes"] = Vocabulary.Itunes,
        ["rdf"] = Vocabulary.Rdf,
        ["xhtml"] = Vocabulary.Xhtml,
        ["feedburner"] = Vocabulary.FeedBurner,
    }.ToFrozenDictionary();

    public static Vocabulary OfNamespace(string name)
    {
        var key = name.Trim().ToLowerInvariant();
        key = key.StartsWith("http://", StringComparison.Ordinal) ? key[7..]
            : key.StartsWith("https://", StringComparison.Ordinal) ? key[8..]
            : key;
        key = key.TrimEnd('/', '#');
        return ByNamespace.TryGetValue(key, out var found) ? found
            : key.StartsWith("purl.org/atom/", StringComparison.Ordinal) ? Vocabulary.Atom
            : Vocabulary.Other;
    }

    public static Vocabulary OfPrefix(string prefix) => ByPrefix.GetValueOrDefault(prefix, Vocabulary.Other);
}
