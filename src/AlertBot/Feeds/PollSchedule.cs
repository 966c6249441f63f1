namespace AlertBot.Feeds;

/// <summary>
/// When a feed is asked again. A moderator's interval goes first; else the feed's own rhythm decides, and what its publisher
/// asks for is kept. A failing feed is asked ever more rarely, and never given up. The same feed always gets the same shift,
/// so that feeds added together drift apart. A function of values.
/// </summary>
internal static class PollSchedule
{
    /// <summary>Nobody's wish keeps the bot away for longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>An interval is stretched by less than this share of it.</summary>
    public const double Spread = 0.1;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SpreadOfHour = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan[] Ladder =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    /// <param name="feed">With what this poll taught about it.</param>
    /// <param name="freshness">How long the answer said that it is fresh.</param>
    public static DateTimeOffset AfterSuccess(Feed feed, TimeSpan? freshness, PollLimits limits, DateTimeOffset now)
    {
        if (feed.Interval is { } own)
        {
            return now + Stretched(feed.Id, own);
        }

        // What a hub pushes is asked for rarely, but asked for: a hub may forget.
        var rhythm = feed.PushedUntil > now ? limits.Most : FeedRhythm.Interval(feed, limits.Usual, now);
        var bounded = Max(limits.Least, Min(rhythm, limits.Most / (1 + Spread)));
        return Skip(feed, now + Max(Stretched(feed.Id, bounded), Asked(feed.Hints, freshness, limits)), now);
    }

    /// <param name="feed">As it was before the poll that failed: that one comes on top of its failures.</param>
    public static DateTimeOffset AfterFailure(Feed feed, PollLimits limits, DateTimeOffset now)
    {
        var step = Stretched(feed.Id, Ladder[Math.Clamp(feed.Failures, 0, Ladder.Length - 1)]);
        return now + Min(Longest, Max(step, feed.Interval ?? Asked(feed.Hints, null, limits)));
    }

    /// <summary>A pause that a host asked for: at least a minute, at most a day.</summary>
    public static DateTimeOffset AfterPause(DateTimeOffset until, DateTimeOffset now) => now + Min(Longest, Max(Shortest, until - now));

    private static TimeSpan Asked(FeedHints hints, TimeSpan? freshness, PollLimits limits)
    {
        return Max(Believed(hints.Ttl), Max(Believed(hints.UpdatePeriod), Believed(freshness)));

        // Whoever asks for more than a day is believed that nothing hurries, and no more than that.
        TimeSpan Believed(TimeSpan? asked) => asked is not { } wait ? TimeSpan.Zero : wait <= Longest ? wait : Min(limits.Most, Longest);
    }

    // Hours and days in which the publisher brings nothing; one that names them all, or more than a day in a row, is asked daily all the same.
    private static DateTimeOffset Skip(Feed feed, DateTimeOffset at, DateTimeOffset now)
    {
        var hour = at;
        while (IsSkipped(feed.Hints, hour))
        {
            var next = new DateTimeOffset(hour.UtcDateTime.Date.AddHours(hour.UtcDateTime.Hour + 1), TimeSpan.Zero);
            hour = next + (SpreadOfHour * Fraction(feed.Id));
            if (next - now >= Longest)
            {
                return Max(at, now + Longest);
            }
        }

        return hour;
    }

    private static bool IsSkipped(FeedHints hints, DateTimeOffset at) =>
        hints.SkipHours.Contains(at.UtcDateTime.Hour) || hints.SkipDays.Contains(at.UtcDateTime.DayOfWeek);

    private static TimeSpan Stretched(FeedId feed, TimeSpan interval) => interval * (1 + (Spread * Fraction(feed)));

    // From 0 on, below 1. Neighbouring ids fall far apart (Knuth's multiplicative hash).
    private static double Fraction(FeedId feed) => unchecked((uint)feed.Value * 2654435761u) / (uint.MaxValue + 1.0);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>Between which intervals a feed is asked.</summary>
/// <param name="Usual">Where its rhythm is not known.</param>
internal readonly record struct PollLimits(TimeSpan Least, TimeSpan Usual, TimeSpan Most);
