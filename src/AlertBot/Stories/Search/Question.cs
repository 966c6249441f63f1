using System.Text.RegularExpressions;
using AlertBot.Storage;

namespace AlertBot.Stories.Search;

/// <summary>
/// What a question is about: its words without those that every question has. Any of them may stand in a story; the more of them do, the
/// rarer they are and the closer they stand, the better it fits.
/// </summary>
internal static partial class Question
{
    private const int MostTerms = 24;

    private static readonly HashSet<string> Passed = new(
        """
        a about after all also am an and any are as at be because been before being between both but by can could did do does doing during each for from further had has have having he her
        here hers him his how i if in into is it its itself just many me more most much my name named no nor not of off often on once one only or other our out over own same shall she should so some
        such tell than that the their them then there these they this those through to too under until up upon us very was we were what when where which while who whom whose why will with would you your s t
        according article articles happen happened happens kind long old reported reportedly said say says news
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    /// <summary>The terms of a question, in its order; all its words where it has none but everyday ones.</summary>
    public static IReadOnlyList<SearchTerm> TermsOf(string question)
    {
        // In capitals it is the country.
        var written = Country().Replace(question, "United States");
        var names = Names(written);
        var parts = WordFamilies.Parted(FoldedText.WordsOf(written)).ToList();
        var telling = parts.Where(p => p.Words.Count > 1 || !Passed.Contains(p.Words[0])).ToList();
        return [.. (telling.Count > 0 ? telling : parts).DistinctBy(p => string.Join(' ', p.Words)).Take(MostTerms).Select(p => new SearchTerm(p.Names) { IsName = p.Words.All(names.Contains) })];
    }

    /// <summary>The words of a text without everyday ones.</summary>
    public static IEnumerable<string> TellingWordsOf(string text) => FoldedText.WordsOf(text).Where(w => !Passed.Contains(w));

    /// <summary>A term for somebody or something with several names; null where there is no word in them.</summary>
    public static SearchTerm? Named(IEnumerable<string> names) =>
        names.Select(FoldedText.WordsOf).Where(words => words.Count > 0).Select(words => new TextPhrase(words, FoldedText.HasParticles(words[^1]))).Take(SearchWords.MostPhrases).ToList() is { Count: > 0 } phrases
            ? new SearchTerm(phrases) { IsName = true } : null;

    // The first word has its capital from its place.
    private static HashSet<string> Names(string written) =>
        [.. written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(w => w.Any(char.IsLetterOrDigit) && !char.IsLower(w.First(char.IsLetterOrDigit))).SelectMany(FoldedText.WordsOf)];

    [GeneratedRegex(@"\bUS\b|\bU\.S\.(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Country();
}

/// <summary>One thing that is looked for, by whichever of its names.</summary>
internal sealed record SearchTerm(IReadOnlyList<TextPhrase> Names)
{
    /// <summary>The question writes it as a name or a number: what answers must be about it.</summary>
    public bool IsName { get; init; }

    /// <summary>The slug of the actor that it names, where it is a known one.</summary>
    public string? Slug { get; init; }
}
