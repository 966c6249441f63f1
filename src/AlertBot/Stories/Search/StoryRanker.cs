using AlertBot.Stories.Events;

namespace AlertBot.Stories.Search;

/// <summary>
/// Holds stories against the terms of a question: BM25 with the title counted twice, and more for terms that stand close together, as they do in the
/// sentence that answers. A function of its values.
/// </summary>
internal sealed class StoryRanker
{
    private const double Saturation = 1.2;
    private const double LengthShare = 0.75;
    private const double TitleWeight = 2;
    private const double Closeness = 0.6;
    private const double Neighbours = 0.3;
    private const int Window = 50;

    private readonly IReadOnlyList<Term> _terms;

    /// <param name="terms">Each with how many stories have it.</param>
    /// <param name="stories">How many there are in all.</param>
    public StoryRanker(IReadOnlyList<(SearchTerm Term, long Stories)> terms, long stories) =>
        _terms = [.. terms.Select(t => new Term(
            [.. t.Term.Names.Select(n => (n.Words.Select(Stemmer.Of).ToArray(), n.IsPrefix))], Math.Log(1 + ((Math.Max(stories, t.Stories) - t.Stories + 0.5) / (t.Stories + 0.5)))))];

    /// <summary>The stories, best first.</summary>
    public IReadOnlyList<Story> Rank(IReadOnlyList<Story> stories)
    {
        var read = stories.Select(s => new Read(s, WordsOf(s.Title), WordsOf(s.Body))).ToList();
        var average = read.Count == 0 ? 1 : Math.Max(1, read.Average(r => r.Length));
        return [.. read.Select(r => (r.Story, Weight: Weigh(r, average))).OrderByDescending(r => r.Weight).ThenByDescending(r => r.Story.SortedAt).Select(r => r.Story)];
    }

    private static string[] WordsOf(string text) => [.. FoldedText.WordsOf(text).Select(Stemmer.Of)];

    private double Weigh(Read story, double average)
    {
        var weight = 0.0;
        var places = new List<(int At, int Term)>();
        for (var i = 0; i < _terms.Count; i++)
        {
            var inBody = PlacesOf(_terms[i], story.Body).ToList();
            var count = inBody.Count + (TitleWeight * PlacesOf(_terms[i], story.Title).Count());
            weight += _terms[i].Rarity * count * (Saturation + 1) / (count + (Saturation * (1 - LengthShare + (LengthShare * story.Length / average))));
            places.AddRange(inBody.Select(at => (at, i)));
        }

        places.Sort();
        return weight + (Closeness * Closest(places)) + (Neighbours * Together(places));
    }

    /// <summary>The rarity of the terms that stand within so many words, where that is most.</summary>
    private double Closest(List<(int At, int Term)> places)
    {
        var (best, sum, first) = (0.0, 0.0, 0);
        var inside = new int[_terms.Count];
        for (var last = 0; last < places.Count; last++)
        {
            sum += inside[places[last].Term]++ == 0 ? _terms[places[last].Term].Rarity : 0;
            for (; places[last].At - places[first].At > Window; first++)
            {
                sum -= --inside[places[first].Term] == 0 ? _terms[places[first].Term].Rarity : 0;
            }

            best = Math.Max(best, sum);
        }

        return best;
    }

    /// <summary>The rarity of terms that follow each other as in the question.</summary>
    private double Together(List<(int At, int Term)> places)
    {
        var found = new HashSet<int>();
        for (var i = 1; i < places.Count; i++)
        {
            if (places[i].Term == places[i - 1].Term + 1 && places[i].At - places[i - 1].At <= 2)
            {
                found.Add(places[i].Term);
            }
        }

        return found.Sum(t => _terms[t].Rarity + _terms[t - 1].Rarity);
    }

    private static IEnumerable<int> PlacesOf(Term term, string[] words)
    {
        for (var at = 0; at < words.Length; at++)
        {
            if (term.Names.Exists(name => IsAt(name.Words, name.IsPrefix, words, at)))
            {
                yield return at;
            }
        }
    }

    private static bool IsAt(string[] name, bool isPrefix, string[] words, int at)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (at + i >= words.Length || !(words[at + i] == name[i] || (isPrefix && i == name.Length - 1 && words[at + i].StartsWith(name[i], StringComparison.Ordinal))))
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    /// <param name="Rarity">The fewer stories have it, the larger.</param>
    private sealed record Term(List<(string[] Words, bool IsPrefix)> Names, double Rarity);

    private sealed record Read(Story Story, string[] Title, string[] Body)
    {
        public int Length => Title.Length + Body.Length;
    }
}
