namespace AlertBot.Feeds.Health;

/// <summary>A time in which nearly no site could be reached: then it is the bot that is cut off, and no feed is to blame.</summary>
/// <param name="EndedAt">Null while it lasts.</param>
internal sealed record Outage(DateTimeOffset BeganAt, DateTimeOffset? EndedAt)
{
    private const int FewestHosts = 3;
    private const int EnoughHosts = 5;

    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <summary>Half of the sites failed before it is said to have begun: the first of them by so much at most.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    /// <summary>A feed that failed before is to blame itself.</summary>
    public DateTimeOffset CoversFrom => BeganAt - Before;

    /// <summary>Whether a feed that began to fail then may have failed for this alone.</summary>
    public bool Covers(DateTimeOffset failingSince) => failingSince >= CoversFrom && (EndedAt is null || failingSince <= EndedAt);

    /// <summary>
    /// What the last polls say, host by host: the outage that has begun or goes on, the one that has just ended, or null. One
    /// begins where four of five hosts can't be reached, and ends where half of them can, so that it does not flicker.
    /// </summary>
    /// <param name="present">The one that lasts until now.</param>
    public static Outage? Next(Outage? present, IEnumerable<Feed> feeds, DateTimeOffset now)
    {
        var last = feeds.Where(f => f is { PausedAt: null, PolledAt: not null }).GroupBy(f => f.Address.Authority, (_, host) => host.MaxBy(f => f.PolledAt)!).OrderByDescending(f => f.PolledAt).ToList();
        var recent = last.TakeWhile((f, i) => i < EnoughHosts || now - f.PolledAt <= Lately).ToList();
        var lost = recent.Where(f => f is { Failures: > 0, Fault: { } fault } && IsUnreached(fault)).ToList();
        return present is null
            ? recent.Count >= FewestHosts && lost.Count * 5 >= recent.Count * 4 ? new Outage(Median(lost.Select(f => f.FailingSince ?? now)), null) : null
            : lost.Count * 2 > recent.Count ? present : present with { EndedAt = now };
    }

    /// <summary>No answer came at all.</summary>
    public static bool IsUnreached(FetchFault fault) => fault is FetchFault.Dns or FetchFault.Connection or FetchFault.Slow or FetchFault.Tls or FetchFault.Broken;

    private static DateTimeOffset Median(IEnumerable<DateTimeOffset> times)
    {
        var sorted = times.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
