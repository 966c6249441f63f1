using System.Globalization;

namespace AlertBot.Stories.Events;

/// <summary>
/// What the outlets of an event say in figures, and whether they say the same: how many of what, and on which day. Copies say nothing of
/// their own. A figure is compared by the word that it counts ("two drivers", "187 people"); a word for which one outlet has several
/// figures is left out, since nobody knows which of them to hold against the others'.
/// </summary>
internal static class EventFigures
{
    private const int MostWords = 2_000;
    private const int Reach = 2;
    private const double CommonShare = 0.25;

    /// <param name="tellings">In the order in which they came, with what they say.</param>
    public static IReadOnlyList<FigureOfEvent> Of(IReadOnlyList<(Telling Telling, string Text, DateTimeOffset? Published)> tellings)
    {
        var reader = new WordReader();
        // What an outlet says now is what it said last.
        var read = tellings.Where(t => !t.Telling.IsCopy && t.Text.Length > 0).GroupBy(t => t.Telling.Outlet)
            .Select(outlet => (outlet.Last().Telling, Words: reader.Read(outlet.Last().Text, MostWords), outlet.Last().Published)).ToList();
        var counted = read.SelectMany(r => Counts(r.Words).Select(c => (r.Telling, c.Stem, c.Noun, c.Figure)))
            .GroupBy(c => c.Stem)
            .Select(word => Compare(word.First().Noun, word.GroupBy(c => c.Telling.Outlet).Select(o => (o.First().Telling, Figures: o.Select(c => c.Figure).Distinct().ToList())).ToList()));
        var days = Compare("day", [.. read.Select(r => (r.Telling, HappeningDays.Of(r.Words, r.Published).First)).Where(d => HappeningDays.DateOf(d.First) is not null)
            .Select(d => (d.Telling, new List<string> { HappeningDays.DateOf(d.First)!.Value.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) }))]);
        return [.. counted.Append(days).OfType<FigureOfEvent>().OrderByDescending(f => f.Said.Sum(s => s.By.Count))];
    }

    private static FigureOfEvent? Compare(string what, IReadOnlyList<(Telling Telling, List<string> Figures)> outlets)
    {
        var clear = outlets.Where(o => o.Figures.Count == 1).ToList();
        return clear.Count < 2 ? null : new FigureOfEvent(what, [.. clear.GroupBy(o => o.Figures[0]).Select(said => new SaidFigure(said.Key, [.. said.Select(s => s.Telling)]))]);
    }

    private static IEnumerable<(string Stem, string Noun, string Figure)> Counts(IReadOnlyList<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].IsNumber || IsOfDate(words, i) || !double.TryParse(words[i].Stem, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            {
                continue;
            }

            var (figure, next) = i + 1 < words.Count && words[i + 1].Written is "million" or "billion" or "trillion" or "percent" or "per"
                ? ($"{words[i].Stem} {words[i + 1].Written}", i + 2) : (words[i].Stem, i + 1);
            for (var at = next; at < Math.Min(words.Count, next + Reach) && !words[at].StartsSentence && !words[at].IsNumber; at++)
            {
                // "187 of the passengers": the word that is counted is the first that says something.
                if (words[at].Form.Share < CommonShare && words[at].Written.Length > 2)
                {
                    yield return (words[at].Stem, words[at].Written, figure);
                    break;
                }
            }
        }
    }

    private static bool IsOfDate(IReadOnlyList<Word> words, int i) =>
        (words[i].Written.Length == 4 && words[i].Written is ['1', '9', ..] or ['2', '0', ..]) || (i > 0 && words[i - 1].Form.IsDay) || (i + 1 < words.Count && words[i + 1].Form.IsDay);
}

/// <param name="What">What is counted; <c>day</c> for the day of the happening.</param>
/// <param name="Said">By figure; more than one where they differ.</param>
internal sealed record FigureOfEvent(string What, IReadOnlyList<SaidFigure> Said)
{
    public bool IsAgreed => Said.Count == 1;
}

internal sealed record SaidFigure(string Figure, IReadOnlyList<Telling> By);
