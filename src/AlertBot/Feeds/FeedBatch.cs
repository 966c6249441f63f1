using System.Data.Common;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Feeds;

/// <summary>What people decide of a feed, without what its polls taught.</summary>
/// <param name="Id">Null where it is not there yet.</param>
internal sealed record FeedSetting(long? Id, Uri Address, string? Title, TimeSpan? Interval, bool IsPaused, bool FullText)
{
    public bool IsRemoved { get; init; }

    /// <summary>Whether it would be the same for people, whatever its number is.</summary>
    public bool Says(FeedSetting other) => this with { Id = null } == other with { Id = null };
}

/// <summary>One feed before and after.</summary>
/// <param name="From">Null where it was never there.</param>
internal sealed record FeedMove(FeedSetting? From, FeedSetting To);

/// <summary>
/// Changes many feeds at once, inside a transaction of the caller's, and takes that back. The first polls of those that are new
/// are spread over some minutes.
/// </summary>
internal sealed class FeedBatch(Database database, FeedStore feeds, TimeProvider time)
{
    private static readonly TimeSpan BetweenFirstPolls = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSpread = TimeSpan.FromMinutes(30);

    /// <summary>Every feed that there is or was, by each address that it has or had: those that were removed too.</summary>
    public async Task<IReadOnlyDictionary<Uri, FeedSetting>> KnownAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await KnownAsync(connection, null);
    }

    /// <summary>The feed at an address, under either scheme; null where there never was one.</summary>
    public static FeedSetting? Find(IReadOnlyDictionary<Uri, FeedSetting> known, Uri address) =>
        known.GetValueOrDefault(address) ?? known.GetValueOrDefault(FeedAddress.OtherScheme(address));

    /// <summary>Makes feeds as they are to be, unless one of them is no longer as the caller saw it.</summary>
    /// <returns>The moves with their numbers; null where something was not as it was seen, and nothing must be done.</returns>
    public async Task<IReadOnlyList<FeedMove>?> ApplyAsync(DbTransaction transaction, IReadOnlyList<FeedMove> moves, string by)
    {
        var known = await KnownAsync(transaction.Connection!, transaction);
        if (moves.Any(m => Find(known, m.From?.Address ?? m.To.Address) != m.From))
        {
            return null;
        }

        var (done, first) = (new List<FeedMove>(), time.GetUtcNow());
        var fresh = moves.Count(IsFresh);
        var step = fresh * BetweenFirstPolls > LongestSpread ? LongestSpread / fresh : BetweenFirstPolls;
        foreach (var move in moves)
        {
            done.Add(move.From is { Id: { } id } from
                ? await ChangeAsync(transaction, id, from, move.To, first, by)
                : new FeedMove(null, move.To with { Id = await InsertAsync(transaction, move.To, first, by) }));
            first += IsFresh(move) ? step : TimeSpan.Zero;
        }

        return done;

        static bool IsFresh(FeedMove move) => move.From is null or { IsRemoved: true } && !move.To.IsRemoved;
    }

    /// <summary>Takes moves back, or makes them again. Of a feed that was there before, a setting that somebody changed since stays.</summary>
    /// <param name="back">False: they are made again.</param>
    /// <returns>The feeds that stay as they are, because somebody changed them since.</returns>
    public async Task<IReadOnlyList<FeedSetting>> ReverseAsync(DbTransaction transaction, IReadOnlyList<FeedMove> moves, bool back, string by)
    {
        var now = (await KnownAsync(transaction.Connection!, transaction)).Values.DistinctBy(f => f.Id).ToDictionary(f => f.Id!.Value);
        var left = new List<FeedSetting>();
        foreach (var move in moves)
        {
            var (present, wasThere) = (now[move.To.Id!.Value], move.From is { IsRemoved: false });
            var (seen, wanted) = back ? (move.To, wasThere ? move.From! : present with { IsRemoved = true }) : (wasThere ? move.From! : present with { IsRemoved = true }, move.To);
            if (wasThere ? present.Says(seen) : present.IsRemoved != back)
            {
                await ChangeAsync(transaction, present.Id!.Value, present, wanted, time.GetUtcNow(), by);
            }
            else if (!present.Says(wanted))
            {
                left.Add(present);
            }
        }

        return left;
    }

    /// <summary>Lets this process see what was committed.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => feeds.ListAsync(cancellationToken);

    private static async Task<IReadOnlyDictionary<Uri, FeedSetting>> KnownAsync(DbConnection connection, DbTransaction? transaction)
    {
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT url AS Listed, id, url, title, interval_ms AS IntervalMs, paused_at AS PausedAt, full_text AS FullText, removed_at AS RemovedAt FROM feeds
            UNION ALL
            SELECT a.url AS Listed, f.id, f.url, f.title, f.interval_ms, f.paused_at, f.full_text, f.removed_at
            FROM former_feed_addresses a JOIN feeds f ON f.id = a.feed_id
            """,
            transaction: transaction);
        return rows.DistinctBy(r => r.Listed).ToDictionary(r => new Uri(r.Listed), r => r.ToSetting());
    }

    private async Task<long> InsertAsync(DbTransaction transaction, FeedSetting feed, DateTimeOffset first, string by) => await transaction.Connection!.ExecuteScalarAsync<long>(
        """
        INSERT INTO feeds (url, title, interval_ms, added_by, added_at, next_poll_at, paused_at, full_text)
        VALUES (@Url, @Title, @IntervalMs, @By, @Now, @First, @PausedAt, @FullText) RETURNING id
        """,
        new { Url = feed.Address.AbsoluteUri, feed.Title, IntervalMs = (long?)feed.Interval?.TotalMilliseconds, By = by, Now = Now(), First = first.ToUnixTimeMilliseconds(), PausedAt = feed.IsPaused ? Now() : (long?)null, feed.FullText },
        transaction);

    // A feed that comes back or moves begins anew; one that comes back alerts on nothing of what there was meanwhile.
    private async Task<FeedMove> ChangeAsync(DbTransaction transaction, long id, FeedSetting from, FeedSetting to, DateTimeOffset first, string by)
    {
        var afresh = (from.IsRemoved && !to.IsRemoved) || from.Address != to.Address;
        await transaction.Connection!.ExecuteAsync(
            $"""
            UPDATE feeds SET url = @Url, title = @Title, interval_ms = @IntervalMs, full_text = @FullText,
                succeeded_at = CASE WHEN removed_at IS NULL THEN succeeded_at END,
                paused_at = CASE WHEN @IsPaused = 1 THEN COALESCE(paused_at, @Now) END,
                removed_at = CASE WHEN @IsRemoved = 1 THEN COALESCE(removed_at, @Now) END
                {(afresh ? $", {FeedStore.Afresh}, added_by = @By, next_poll_at = @First, leased_until = 0" : "")}
                {(!afresh && from.IsPaused && !to.IsPaused ? $", {FeedStore.Unharmed}, next_poll_at = @Now" : "")}
            WHERE id = @Id
            """,
            new
            {
                Id = id,
                Url = to.Address.AbsoluteUri,
                to.Title,
                IntervalMs = (long?)to.Interval?.TotalMilliseconds,
                to.FullText,
                to.IsPaused,
                to.IsRemoved,
                By = by,
                Now = Now(),
                First = first.ToUnixTimeMilliseconds(),
            },
            transaction);
        return new FeedMove(from, to with { Id = id });
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public string Listed { get; init; } = "";
        public long Id { get; init; }
        public string Url { get; init; } = "";
        public string? Title { get; init; }
        public long? IntervalMs { get; init; }
        public long? PausedAt { get; init; }
        public bool FullText { get; init; }
        public long? RemovedAt { get; init; }

        public FeedSetting ToSetting() =>
            new(Id, new Uri(Url), Title, IntervalMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null, PausedAt is not null, FullText) { IsRemoved = RemovedAt is not null };
    }
}
