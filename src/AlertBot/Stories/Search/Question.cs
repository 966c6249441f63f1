using AlertBot.Storage;

namespace AlertBot.Stories.Search;

/// <summary>
/// What a question is about: its words without those that every question has. Any of them may stand in a story; the more of them do, the
/// rarer they are and the closer they stand, the better it fits.
/// </summary>
internal static class Question
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
        var words = FoldedText.WordsOf(question);
        var telling = words.Where(w => !Passed.Contains(w)).ToList();
        return [.. (telling.Count > 0 ? telling : words).Distinct().Take(MostTerms).Select(w => new SearchTerm([new TextPhrase([w], FoldedText.HasParticles(w))]))];
    }

    /// <summary>A term for somebody or something with several names; null where there is no word in them.</summary>
    public static SearchTerm? Named(IEnumerable<string> names) =>
        names.Select(FoldedText.WordsOf).Where(words => words.Count > 0).Select(words => new TextPhrase(words, FoldedText.HasParticles(words[^1]))).Take(SearchWords.MostPhrases).ToList() is { Count: > 0 } phrases
            ? new SearchTerm(phrases) : null;
}

/// <summary>One thing that is looked for, by whichever of its names.</summary>
internal sealed record SearchTerm(IReadOnlyList<TextPhrase> Names);
