namespace AlertBot.Feeds;

/// <summary>When a feed is asked again. A failing feed is asked ever more rarely, and never given up.</summary>
internal static class PollBackoff
{
    private static readonly TimeSpan[] Ladder =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    /// <param name="failures">Failures in a row, this one included.</param>
    /// <param name="interval">The feed's normal interval; a failing feed is never asked more often than a healthy one.</param>
    public static TimeSpan AfterFailure(int failures, TimeSpan interval)
    {
        var step = Ladder[Math.Clamp(failures - 1, 0, Ladder.Length - 1)];
        return step > interval ? step : interval;
    }

    /// <summary>The interval, moved by up to a tenth so that feeds added together drift apart. The same feed gets the same shift.</summary>
    public static TimeSpan AfterSuccess(FeedId feed, TimeSpan interval) => interval * (1 + (feed.Value % 21 - 10) / 100.0);
}
