namespace AlertBot.Stories.Search;

/// <summary>
/// Holds stories against the terms of a question: BM25 with the title counted several times, and more for terms that stand close together, as they do in the
/// sentence that answers. A function of its values.
/// </summary>
/// <param name="titleWeight">How much more a word counts that stands in the title.</param>
internal sealed class StoryRanker(IReadOnlyList<WeighedTerm> terms, double titleWeight)
{
    private const double Saturation = 1.2;
    private const double LengthShare = 0.75;
    private const double NearWeight = 0.25;
    private const double Closeness = 0.6;
    private const double Neighbours = 0.3;
    private const int Window = 50;

    /// <summary>The stories with their weights, best first.</summary>
    public IReadOnlyList<RankedStory> Rank(IReadOnlyList<Story> stories)
    {
        var read = stories.Select(s => new Read(s, WeighedTerm.Read(s.Title), WeighedTerm.Read(s.Body))).ToList();
        var average = read.Count == 0 ? 1 : Math.Max(1, read.Average(r => r.Length));
        return [.. read.Select(r => new RankedStory(r.Story, Weigh(r, average))).OrderByDescending(r => r.Weight).ThenByDescending(r => r.Story.SortedAt)];
    }

    private double Weigh(Read story, double average)
    {
        var weight = 0.0;
        var (inTitle, inBody) = (new List<(int At, int Term)>(), new List<(int At, int Term)>());
        for (var i = 0; i < terms.Count; i++)
        {
            var (title, body) = (terms[i].PlacesIn(story.Title).ToList(), terms[i].PlacesIn(story.Body).ToList());
            var count = body.Count + (titleWeight * title.Count) + (NearWeight * (terms[i].NearIn(story.Body) + terms[i].NearIn(story.Title)));
            weight += terms[i].Rarity * count * (Saturation + 1) / (count + (Saturation * (1 - LengthShare + (LengthShare * story.Length / average))));
            inTitle.AddRange(title.Select(at => (at, i)));
            inBody.AddRange(body.Select(at => (at, i)));
        }

        inTitle.Sort();
        inBody.Sort();
        return weight + (Closeness * Math.Max(Closest(inTitle), Closest(inBody))) + (Neighbours * Math.Max(Together(inTitle), Together(inBody)));
    }

    /// <summary>The rarity of the terms that stand within so many words, where that is most.</summary>
    private double Closest(List<(int At, int Term)> places)
    {
        var (best, sum, first) = (0.0, 0.0, 0);
        var inside = new int[terms.Count];
        for (var last = 0; last < places.Count; last++)
        {
            sum += inside[places[last].Term]++ == 0 ? terms[places[last].Term].Rarity : 0;
            for (; places[last].At - places[first].At > Window; first++)
            {
                sum -= --inside[places[first].Term] == 0 ? terms[places[first].Term].Rarity : 0;
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

        return found.Sum(t => terms[t].Rarity + terms[t - 1].Rarity);
    }

    private sealed record Read(Story Story, string[] Title, string[] Body)
    {
        public int Length => Title.Length + Body.Length;
    }
}

/// <param name="Weight">Comparable only with those of the same question.</param>
internal readonly record struct RankedStory(Story Story, double Weight);
