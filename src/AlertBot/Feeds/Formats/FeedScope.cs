using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds.Formats;

/// <summary>What holds for everything in one XML feed: what its own elements mean, and what its links and authors fall back on.</summary>
/// <param name="Native">The vocabulary of elements that share the root's namespace, whatever that namespace is.</param>
/// <param name="RootSpace">The namespace of the root.</param>
/// <param name="Base">The address that relative links are resolved against.</param>
/// <param name="Author">Who wrote the entries that name nobody.</param>
internal sealed record FeedScope(Vocabulary Native, string RootSpace, Uri? Base, string? Author)
{
    public Vocabulary VocabularyOf(MarkupElement element) =>
        element.Space == RootSpace || (element.Vocabulary == Vocabulary.Rss && Native == Vocabulary.Atom) ? Native : element.Vocabulary;
}
