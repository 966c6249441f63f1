using System.Text.RegularExpressions;
using AlertBot.Stories.Search;

namespace AlertBot.Lookups.Answers;

/// <summary>
/// Reads what a model wrote, sentence by sentence, and keeps only what its sources say: each figure and each name must stand in a source that the
/// sentence cites, so must nearly all its other words, and it must speak of what was asked. What isn't supported is dropped.
/// </summary>
internal static partial class AnswerCheck
{
    private const int MostSentences = 5;
    private const int LongestRead = 6000;
    private const double LeastSupport = 0.7;

    /// <param name="sources">What the model was given, numbered from 1 on.</param>
    /// <returns>The sentences that hold, with their sources numbered anew; none where nothing does.</returns>
    public static (IReadOnlyList<AnswerSentence> Sentences, IReadOnlyList<Passage> Sources) Keep(string written, IReadOnlyList<Passage> sources, IReadOnlyList<SearchTerm> asked)
    {
        var terms = asked.Select(t => new WeighedTerm(t, 0, 0)).ToList();
        var kept = new List<AnswerSentence>();
        var cited = new List<Passage>();
        foreach (Match match in Cited().Matches(written.Length > LongestRead ? written[..LongestRead] : written))
        {
            var numbers = Digits().Matches(match.Groups[2].Value).Select(d => int.Parse(d.Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct().ToList();
            if (numbers.Exists(n => n < 1 || n > sources.Count))
            {
                continue;
            }

            foreach (var sentence in Sentences().Split(match.Groups[1].Value).Select(s => string.Join(' ', s.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(s => s.Length > 0))
            {
                var holding = numbers.Select(n => sources[n - 1]).Where(p => Supports([p], sentence)).ToList();
                var support = holding.Count > 0 ? holding : [.. numbers.Select(n => sources[n - 1])];
                if (kept.Count < MostSentences && !IsForeign(sentence) && terms.Exists(t => t.IsIn(WeighedTerm.Read(sentence))) && Supports(support, sentence) && !kept.Exists(k => k.Text == sentence))
                {
                    cited.AddRange(support.Except(cited));
                    kept.Add(new AnswerSentence(sentence, [.. support.Select(p => cited.IndexOf(p) + 1)]));
                }
            }
        }

        return (kept, cited);
    }

    private static bool Supports(IReadOnlyList<Passage> passages, string sentence)
    {
        var said = passages.SelectMany(p => WeighedTerm.Read($"{p.Story.Title} {p.Text}")).ToHashSet(StringComparer.Ordinal);
        var words = FoldedText.WordsOf(sentence);
        var names = Names().Matches(sentence).SelectMany(m => FoldedText.WordsOf(m.Value)).Concat(words.Where(w => w.Any(char.IsDigit))).ToHashSet(StringComparer.Ordinal);
        var telling = Question.TermsOf(sentence).ToList();
        var supported = telling.Count(t => new WeighedTerm(t, 0, 0).IsIn([.. said]) || t.Names.Any(n => n.Words.All(w => WeighedTerm.Read(w).All(said.Contains))));
        return names.All(n => WeighedTerm.Read(n).All(said.Contains)) && telling.Count > 0 && supported >= LeastSupport * telling.Count;
    }

    // Addresses, calls of people, commands and markup are nothing that an answer needs.
    private static bool IsForeign(string sentence) => Foreign().IsMatch(sentence) || PlantedOrders.IsIn(sentence);

    [GeneratedRegex(@"([^\[\]]+?)\s*((?:\[\d{1,3}(?:\s*,\s*\d{1,3})*\]\s*)+)\.?", RegexOptions.CultureInvariant)]
    private static partial Regex Cited();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"(?<=[.!?][""”’]?)\s+(?=[\p{Lu}""“‘\d])|\n+", RegexOptions.CultureInvariant)]
    private static partial Regex Sentences();

    // Not the first word, which has its capital from its place.
    [GeneratedRegex(@"(?<=[\w,;:""“”'’)]\s)\p{Lu}[\p{L}'’-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex(@"https?:|www\.|\w\.(?:com|net|org|io|ru|cn)\b|@\w|<[@!#:/\w]|`|\]\(|^\s*/\w", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Foreign();
}
