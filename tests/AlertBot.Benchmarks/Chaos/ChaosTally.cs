namespace AlertBot.Benchmarks.Chaos;

/// <summary>What channels show, held against what they had to show.</summary>
/// <param name="Double">Showings beyond the first.</param>
/// <param name="OutOfOrder">Showings that come after a later story of the same feed.</param>
/// <param name="Unexpected">Showings of what was never published.</param>
internal sealed record ChaosTally(int Lost, int Double, int OutOfOrder, int Unexpected)
{
    public static readonly ChaosTally Clean = new(0, 0, 0, 0);

    public bool IsClean => this == Clean;

    /// <param name="due">The stories that the channel had to show, each feed's in the order in which they were published.</param>
    /// <param name="feedOf">The feed of a story: only its own stories have an order.</param>
    /// <param name="shown">The stories that it shows, from the top.</param>
    public static ChaosTally Of(IReadOnlyList<int> due, Func<int, int> feedOf, IReadOnlyList<int> shown)
    {
        var places = due.Index().ToDictionary(d => d.Item, d => d.Index);
        var first = shown.Distinct().ToList();
        var newest = new Dictionary<int, int>();
        var late = 0;
        foreach (var story in first.Where(places.ContainsKey))
        {
            var before = newest.GetValueOrDefault(feedOf(story), -1);
            late += places[story] < before ? 1 : 0;
            newest[feedOf(story)] = Math.Max(before, places[story]);
        }

        return new ChaosTally(due.Except(first).Count(), shown.Count - first.Count, late, first.Count(s => !places.ContainsKey(s)));
    }

    public static ChaosTally operator +(ChaosTally one, ChaosTally other) =>
        new(one.Lost + other.Lost, one.Double + other.Double, one.OutOfOrder + other.OutOfOrder, one.Unexpected + other.Unexpected);
}
