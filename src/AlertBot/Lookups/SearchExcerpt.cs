using System.Text;
using AlertBot.Storage;
using AlertBot.Stories.Events;
using AlertBot.Stories.Search;

namespace AlertBot.Lookups;

/// <summary>The stretch of a text where most of the words stand that were searched for, each of them in «these marks».</summary>
internal static class SearchExcerpt
{
    private const int Longest = 160;
    private const int Before = 50;

    // A word far behind is not looked for: what stands on a card is read quickly.
    private const int LongestRead = 20_000;

    public static string Of(string body, TextQuery query)
    {
        var text = string.Join(' ', (body.Length > LongestRead ? body[..LongestRead] : body).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var wanted = query.Needed.SelectMany(group => group).SelectMany(WantedOf).ToList();
        var hits = WordsOf(text).Where(word => IsWanted(text[word.Start..word.End], wanted)).ToList();
        var first = hits.Count == 0 ? 0 : hits.MaxBy(start => hits.Where(h => h.Start >= start.Start && h.End <= start.Start + Longest - Before).Select(h => text[h.Start..h.End]).Distinct(StringComparer.OrdinalIgnoreCase).Count()).Start;
        return Cut(text, first, hits);
    }

    private static string Cut(string text, int first, IReadOnlyList<(int Start, int End)> hits)
    {
        var start = first <= Before ? 0 : text.IndexOf(' ', first - Before) is > 0 and var space && space < first ? space + 1 : first;
        var end = text.Length <= start + Longest ? text.Length : text.LastIndexOf(' ', start + Longest, Longest - Before) is > 0 and var last ? last : start + Longest - (char.IsHighSurrogate(text[start + Longest - 1]) ? 1 : 0);
        var excerpt = new StringBuilder(start > 0 ? "…" : "");
        var at = start;
        foreach (var hit in hits.Where(h => h.Start >= start && h.End <= end))
        {
            excerpt.Append(text, at, hit.Start - at).Append('«').Append(text, hit.Start, hit.End - hit.Start).Append('»');
            at = hit.End;
        }

        return excerpt.Append(text, at, end - at).Append(end < text.Length ? "…" : "").ToString();
    }

    private static IEnumerable<(int Start, int End)> WordsOf(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at]))
            {
                at++;
            }

            if (at > start)
            {
                yield return (start, at);
            }
        }
    }

    private static IEnumerable<Wanted> WantedOf(TextPhrase phrase) => phrase.Words.All(w => w.Length == 1 && !char.IsAscii(w[0]))
        ? [new Wanted(string.Concat(phrase.Words), IsPrefix: true)]
        : phrase.Words.Select((word, i) => new Wanted(word, phrase.IsPrefix && i == phrase.Words.Count - 1));

    private static bool IsWanted(string word, List<Wanted> wanted)
    {
        var folded = FoldedText.Of(word).Replace(" ", "", StringComparison.Ordinal);
        return folded.Length > 0 && wanted.Exists(w => w.IsPrefix
            ? folded.StartsWith(w.Word, StringComparison.Ordinal) || (!char.IsAscii(w.Word[0]) && folded.Contains(w.Word, StringComparison.Ordinal))
            : folded == w.Word || Stemmer.Of(folded) == w.Stem);
    }

    private sealed record Wanted(string Word, bool IsPrefix)
    {
        public string Stem { get; } = Stemmer.Of(Word);
    }
}
