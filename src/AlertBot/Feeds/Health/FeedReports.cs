using System.Data.Common;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Feeds.Health;

/// <summary>The reports on feeds' health and the times in which the bot was cut off, as they are kept.</summary>
internal sealed class FeedReports(Database database)
{
    // Feeds that wait for their next try after an outage are asked within so many seconds, not all at once.
    private const int SpreadSeconds = 300;

    /// <summary>The reports of all feeds, those of removed ones included.</summary>
    public async Task<IReadOnlyDictionary<FeedId, FeedReport>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            "SELECT feed_id AS FeedId, empty_since AS EmptySince, ailment, told_at AS ToldAt, well_since AS WellSince, spells, cleared_at AS ClearedAt FROM feed_reports");
        return rows.Select(r => r.ToReport()).ToDictionary(r => r.Feed);
    }

    /// <summary>The last time that the bot was cut off, or the one that lasts; null if it never was.</summary>
    public async Task<Outage?> LastOutageAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var last = await connection.QueryFirstOrDefaultAsync<OutageRow>("SELECT began_at AS BeganAt, ended_at AS EndedAt FROM outages ORDER BY id DESC LIMIT 1");
        return last is null ? null : new Outage(DateTimeOffset.FromUnixTimeMilliseconds(last.BeganAt), Row.At(last.EndedAt));
    }

    /// <summary>The latest poll that was written down.</summary>
    public async Task<DateTimeOffset?> LastPollAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return Row.At(await connection.ExecuteScalarAsync<long?>("SELECT MAX(polled_at) FROM feeds"));
    }

    public static Task SaveAsync(DbTransaction transaction, FeedReport report) => transaction.Connection!.ExecuteAsync(
        """
        INSERT INTO feed_reports (feed_id, empty_since, ailment, told_at, well_since, spells, cleared_at)
        VALUES (@Feed, @EmptySince, @Ailment, @ToldAt, @WellSince, @Spells, @ClearedAt)
        ON CONFLICT (feed_id) DO UPDATE SET empty_since = excluded.empty_since, ailment = excluded.ailment, told_at = excluded.told_at,
            well_since = excluded.well_since, spells = excluded.spells, cleared_at = excluded.cleared_at
        """,
        new
        {
            Feed = report.Feed.Value,
            EmptySince = report.EmptySince?.ToUnixTimeMilliseconds(),
            report.Ailment,
            ToldAt = report.ToldAt?.ToUnixTimeMilliseconds(),
            WellSince = report.WellSince?.ToUnixTimeMilliseconds(),
            report.Spells,
            ClearedAt = report.ClearedAt?.ToUnixTimeMilliseconds(),
        },
        transaction);

    public Task BeginOutageAsync(Outage outage, CancellationToken cancellationToken) => database.InTransactionAsync(
        transaction => transaction.Connection!.ExecuteAsync("INSERT INTO outages (began_at) VALUES (@Began)", new { Began = outage.BeganAt.ToUnixTimeMilliseconds() }, transaction),
        cancellationToken);

    /// <summary>
    /// Notes that the bot is back. The feeds that failed for its sake alone are asked again soon, however long they were to wait,
    /// and their failures count no more.
    /// </summary>
    public static Task EndOutageAsync(DbTransaction transaction, Outage outage, DateTimeOffset now) => transaction.Connection!.ExecuteAsync(
        """
        UPDATE outages SET ended_at = @Now WHERE ended_at IS NULL;
        UPDATE feeds SET failures = 1, next_poll_at = @Now + 1000 * (id % @Spread)
        WHERE failures > 0 AND paused_at IS NULL AND fault IN @Unreached AND failing_since >= @Since AND next_poll_at > @Now + 1000 * (id % @Spread)
        """,
        new
        {
            Now = now.ToUnixTimeMilliseconds(),
            Since = outage.CoversFrom.ToUnixTimeMilliseconds(),
            Unreached = Enum.GetValues<FetchFault>().Where(Outage.IsUnreached).Select(f => f.ToString()),
            Spread = SpreadSeconds,
        },
        transaction);

    private sealed class OutageRow
    {
        public long BeganAt { get; init; }
        public long? EndedAt { get; init; }
    }

    private sealed class Row
    {
        public long FeedId { get; init; }
        public long? EmptySince { get; init; }
        public string? Ailment { get; init; }
        public long? ToldAt { get; init; }
        public long? WellSince { get; init; }
        public int Spells { get; init; }
        public long? ClearedAt { get; init; }

        public FeedReport ToReport() => new(new FeedId(FeedId))
        {
            EmptySince = At(EmptySince),
            Ailment = Ailment,
            ToldAt = At(ToldAt),
            WellSince = At(WellSince),
            Spells = Spells,
            ClearedAt = At(ClearedAt),
        };

        public static DateTimeOffset? At(long? milliseconds) => milliseconds is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
    }
}
