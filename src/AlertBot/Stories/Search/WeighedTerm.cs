using AlertBot.Stories.Events;

namespace AlertBot.Stories.Search;

/// <summary>A term of a question as it is found in read text.</summary>
/// <param name="term">What is looked for.</param>
/// <param name="having">How many stories have it, of <paramref name="stories"/> in all.</param>
internal sealed class WeighedTerm(SearchTerm term, long having, long stories)
{
    // So many stories is worth what is known of English at large.
    private const int Prior = 1000;

    private readonly (string[] Words, bool IsPrefix)[] _names = [.. term.Names.Select(n => (n.Words.Select(Stemmer.Of).ToArray(), n.IsPrefix)).Where(n => n.Item1.Length > 0)];

    private readonly HashSet<string> _near = [.. term.Names.Where(n => n.Words.Count == 1 && !term.IsName).SelectMany(n => WordFamilies.NearTo(Stemmer.Of(n.Words[0])))];

    /// <summary>What it tells: the fewer stories have it, the more. A small archive knows little of that, so English at large counts for some stories, too.</summary>
    public double Rarity { get; } = RarityOf(having + (Prior * ShareOf(term)), Math.Max(stories, having) + Prior);

    /// <inheritdoc cref="SearchTerm.IsName"/>
    public bool IsName => term.IsName;

    /// <summary>Whether all its words are among some.</summary>
    public bool IsOf(IReadOnlySet<string> words) => words.Count > 0 && term.Names[0].Words.All(words.Contains);

    /// <inheritdoc cref="SearchTerm.Slug"/>
    public string? Slug => term.Slug;

    /// <summary>The words of a text as they are compared.</summary>
    public static string[] Read(string text) => [.. FoldedText.WordsOf(text).Select(Stemmer.Of)];

    public bool IsIn(string[] words) => PlacesIn(words).Any();

    /// <summary>A word stands there that news puts for it.</summary>
    public bool IsNearIn(string[] words) => _near.Count > 0 && Array.Exists(words, _near.Contains);

    /// <summary>How many such words stand there.</summary>
    public int NearIn(string[] words) => _near.Count > 0 ? words.Count(_near.Contains) : 0;

    /// <summary>Where it stands in words that were read, by their numbers.</summary>
    public IEnumerable<int> PlacesIn(string[] words)
    {
        for (var at = 0; at < words.Length; at++)
        {
            if (Array.Exists(_names, name => IsAt(name.Words, name.IsPrefix, words, at)))
            {
                yield return at;
            }
        }
    }

    private static double RarityOf(double having, double stories) => Math.Log(1 + ((stories - having + 0.5) / (having + 0.5)));

    private static double ShareOf(SearchTerm term) =>
        term.IsName ? 0 : term.Names.Where(n => n.Words.Count == 1 && char.IsAsciiLetter(n.Words[0][0])).Select(n => TermCounts.ShareOf(Stemmer.Of(n.Words[0]))).DefaultIfEmpty(0).Max();

    private static bool IsAt(string[] name, bool isPrefix, string[] words, int at)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (at + i >= words.Length || !(words[at + i] == name[i] || (isPrefix && i == name.Length - 1 && words[at + i].StartsWith(name[i], StringComparison.Ordinal))))
            {
                return false;
            }
        }

        return true;
    }
}
