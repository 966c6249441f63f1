namespace AlertBot.Feeds;

/// <summary>How often a feed brings something, learnt from the polls that brought it. Polls that bring nothing teach nothing.</summary>
internal static class FeedRhythm
{
    private const double Weight = 0.2;
    private const double LargestStep = 8;
    private const double PollsInGap = 2;
    private const double Patience = 8;

    /// <summary>The feed's normal time between new items, after a poll that brought so many; null before it is known.</summary>
    public static TimeSpan? Learn(Feed feed, int newItems, DateTimeOffset now)
    {
        // What the baseline finds has gathered for nobody knows how long.
        if (newItems == 0 || feed.BaselineAt is null || feed.LastNewAt is not { } last || now <= last)
        {
            return feed.Gap;
        }

        var seen = (now - last) / newItems;
        // Measured in powers, since one night of silence must not outweigh a day of news.
        return feed.Gap is { } gap && gap > TimeSpan.Zero ? gap * Math.Pow(Math.Clamp(seen / gap, 1 / LargestStep, LargestStep), Weight) : seen;
    }

    /// <summary>How long to wait between polls: half the feed's gap, longer the longer it has been silent.</summary>
    /// <param name="usual">For a feed whose rhythm is not known.</param>
    public static TimeSpan Interval(Feed feed, TimeSpan usual, DateTimeOffset now)
    {
        var wanted = feed.Gap / PollsInGap ?? usual;
        var silent = (now - (feed.LastNewAt ?? now)) / Patience;
        return silent > wanted ? silent : wanted;
    }
}
