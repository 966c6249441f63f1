namespace AlertBot.Stories.Events;

/// <summary>How surely a story tells of an event: what both say, less what speaks against it.</summary>
internal static class Likeness
{
    /// <summary>From here on they are the same.</summary>
    public const double Same = 0.25;

    private const double Days = 3;

    public static double Of(StoryProfile story, Happening happening)
    {
        var content = Content(story, happening);
        return (content * Nearness(story, happening)) - DayConflict(story.Days, happening) - MagnitudeConflict(story, happening);
    }

    private static double Content(StoryProfile story, Happening happening)
    {
        var words = story.Words.Cosine(happening.Words);
        var lead = story.Lead.Cosine(happening.Lead);
        var names = story.Names.Count == 0 || happening.Names.Count == 0 ? words : story.Names.Cosine(happening.Names);
        return (0.5 * words) + (0.25 * lead) + (0.25 * names);
    }

    // A story of the same days is likelier of the same happening than one of the week after.
    private static double Nearness(StoryProfile story, Happening happening)
    {
        if (story.Story.Published is not { } published || happening.FirstPublished is not { } first || happening.LastPublished is not { } last)
        {
            return 1;
        }

        var apart = published > last ? published - last : published < first ? first - published : TimeSpan.Zero;
        return Math.Exp(-0.5 * Math.Pow(apart.TotalDays / Days, 2));
    }

    private static double DayConflict(HappeningDays story, Happening happening)
    {
        if (story.First is not { } day || happening.FirstDays.Count == 0 || happening.FirstDays.ContainsKey(day))
        {
            return 0;
        }

        var main = happening.FirstDays.MaxBy(d => d.Value).Key;
        if (!HappeningDays.AreOfOneKind(main, day) || HappeningDays.Between(main, day) == 1)
        {
            return 0;
        }

        return story.All.Contains(main) || happening.Days.Contains(day) ? 0.04 : 0.1;
    }

    private static double MagnitudeConflict(StoryProfile story, Happening happening)
    {
        if (story.Magnitudes.Count == 0 || happening.Magnitudes.Count == 0)
        {
            return 0;
        }

        return story.Magnitudes.Min(mine => happening.Magnitudes.Min(theirs => Math.Abs(mine - theirs))) > 0.35 ? 0.15 : 0;
    }
}
