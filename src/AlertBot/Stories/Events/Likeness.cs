namespace AlertBot.Stories.Events;

/// <summary>How surely a story tells of an event: what both say, less what speaks against it.</summary>
internal static class Likeness
{
    /// <summary>From here on they are the same.</summary>
    public const double Same = 0.22;

    // By how much it matters how many days lie between, and how much at most.
    private const double Days = 3;
    private const double Floor = 0.25;

    private const int MainNames = 4;
    private const double LeastDeeds = 0.05;

    public static double Of(StoryProfile story, Happening happening) =>
        Content(story, happening)
        * Nearness(story, happening)
        * SameDay(story, happening)
        * SameNames(story, happening)
        * SameMagnitude(story, happening)
        * SameAmount(story, happening)
        * SameNumber(story, happening)
        * SameDeeds(story, happening);

    private static double Content(StoryProfile story, Happening happening)
    {
        var words = story.Words.Cosine(happening.Words);
        var lead = story.Lead.Cosine(happening.Lead);
        var names = story.Names.Count == 0 || happening.Names.Count == 0 ? words : story.Names.Cosine(happening.Names);
        var deeds = story.Deeds.Cosine(happening.Deeds);
        return (0.5 * words) + (0.25 * lead) + (0.25 * Math.Sqrt(names * deeds));
    }

    // A story of the same days is likelier of the same happening than one of the week after.
    private static double Nearness(StoryProfile story, Happening happening)
    {
        if (story.Story.Published is not { } published || happening.FirstPublished is not { } first || happening.LastPublished is not { } last)
        {
            return 1;
        }

        var apart = published > last ? published - last : published < first ? first - published : TimeSpan.Zero;
        return Floor + ((1 - Floor) * Math.Exp(-0.5 * Math.Pow(apart.TotalDays / Days, 2)));
    }

    // Two tests of one missile differ in little but the day. A day apart is a matter of clocks and deadlines.
    private static double SameDay(StoryProfile story, Happening happening)
    {
        if (story.Days.First is not { } day || happening.FirstDays.Count == 0)
        {
            return 1;
        }

        var apart = happening.FirstDays.Min(d => HappeningDays.Between(d, day));
        if (apart is null or 0 || (apart == 1 && !story.IsAnother))
        {
            return 1;
        }

        var isLinked = happening.FirstDays.Any(story.Days.All.Contains) || happening.Days.Contains(day);
        return story.IsAnother ? (apart == 1 ? 0.5 : 0.3) : isLinked ? 0.88 : story.Story.Published is null ? 0.85 : 0.75;
    }

    private static double SameMagnitude(StoryProfile story, Happening happening)
    {
        if (story.Magnitudes.Count == 0 || happening.Magnitudes.Count == 0)
        {
            return 1;
        }

        return story.Magnitudes.Min(mine => happening.Magnitudes.Min(theirs => Math.Abs(mine - theirs))) > 0.35 ? 0.6 : 1;
    }

    private static double SameAmount(StoryProfile story, Happening happening)
    {
        var canTell = story.Amounts.Count > 0 && happening.Amounts.Count > 0;
        return canTell && !story.Amounts.Any(mine => happening.Amounts.Any(theirs => Amounts.AreEqual(mine, theirs))) ? 0.75 : 1;
    }

    // Stage 5 is not stage 6.
    private static double SameNumber(StoryProfile story, Happening happening) =>
        story.Serials.Any(mine => happening.Serials.TryGetValue(mine.Key, out var theirs) && !theirs.Contains(mine.Value)) ? 0.2 : 1;

    // Each is about somebody or somewhere that the other does not even name. Of two stories that may be chance.
    private static double SameNames(StoryProfile story, Happening happening)
    {
        var lacked = Math.Min(story.LeadNames.LackedBy(happening.Names, MainNames), happening.Names.LackedBy(story.Names, MainNames));
        return 1 - ((happening.Stories == 1 ? 0.7 : 1.0) * Math.Max(0, lacked - 0.42));
    }

    // Whom a story names may be in all stories of a feed; in what happened they must agree a little.
    private static double SameDeeds(StoryProfile story, Happening happening) =>
        story.Deeds.Count == 0 || happening.Deeds.Count == 0 ? 1 : Math.Sqrt(Math.Min(1, story.Deeds.Cosine(happening.Deeds) / LeastDeeds));
}
