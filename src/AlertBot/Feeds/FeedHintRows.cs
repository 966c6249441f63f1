using System.Data.Common;
using Dapper;

namespace AlertBot.Feeds;

/// <summary>What documents said about when to ask for their feeds, as rows of the database.</summary>
internal static class FeedHintRows
{
    /// <summary>Those of the feeds that are leased until then.</summary>
    public static async Task<Dictionary<FeedId, FeedHints>> LeasedAsync(DbTransaction transaction, long until)
    {
        var rows = await transaction.Connection!.QueryAsync<(long Feed, long? Ttl, long? Period, long Hours, long Days)>(
            "SELECT h.feed_id, h.ttl_ms, h.period_ms, h.skip_hours, h.skip_days FROM feed_hints h JOIN feeds f ON f.id = h.feed_id WHERE f.leased_until = @Until",
            new { Until = until },
            transaction);
        return rows.ToDictionary(r => new FeedId(r.Feed), r => new FeedHints
        {
            Ttl = Span(r.Ttl),
            UpdatePeriod = Span(r.Period),
            SkipHours = Bits(r.Hours).ToHashSet(),
            SkipDays = Bits(r.Days).Select(d => (DayOfWeek)d).ToHashSet(),
        });
    }

    /// <summary>Those that differ from what their feeds said before.</summary>
    public static async Task WriteAsync(DbTransaction transaction, IEnumerable<PolledFeed> polled)
    {
        var changed = polled.Where(p => p.Outcome.Hints is not null).Select(p => (Was: RowOf(p.Feed.Id, p.Feed.Hints), Is: RowOf(p.Feed.Id, p.Outcome.Hints!)))
            .Where(p => p.Was != p.Is).Select(p => p.Is).ToList();
        await transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO feed_hints (feed_id, ttl_ms, period_ms, skip_hours, skip_days) VALUES (@Feed, @Ttl, @Period, @Hours, @Days)
            ON CONFLICT (feed_id) DO UPDATE SET ttl_ms = excluded.ttl_ms, period_ms = excluded.period_ms, skip_hours = excluded.skip_hours, skip_days = excluded.skip_days
            """,
            changed,
            transaction);
    }

    private static Row RowOf(FeedId feed, FeedHints hints) => new(
        feed.Value, (long?)hints.Ttl?.TotalMilliseconds, (long?)hints.UpdatePeriod?.TotalMilliseconds, hints.SkipHours.Sum(h => 1L << h), hints.SkipDays.Sum(d => 1L << (int)d));

    private static IEnumerable<int> Bits(long bits) => Enumerable.Range(0, 24).Where(bit => (bits >> bit & 1) == 1);

    private static TimeSpan? Span(long? milliseconds) => milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    private sealed record Row(long Feed, long? Ttl, long? Period, long Hours, long Days);
}
