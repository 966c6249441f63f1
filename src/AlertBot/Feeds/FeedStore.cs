using System.Data.Common;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Feeds;

/// <summary>
/// The feeds that the bot polls and the state of each. A due feed is leased before it is polled, so that two nodes
/// never poll one feed. A removed feed keeps its row, because what it brought keeps its source.
/// </summary>
internal sealed class FeedStore(Database database, Replica replica, TimeProvider time) : ILeased, IRemembered
{
    private const string IsDue =
        """
        (next_poll_at <= @Now OR polled_at > @Until) AND (leased_until <= @Now OR leased_until > @Until)
        AND paused_at IS NULL AND removed_at IS NULL
        """;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    // A replica that lives and polls does not leave a feed alone for so long.
    private static readonly TimeSpan Neglected = TimeSpan.FromMinutes(10);

    private const string Columns =
        "id, url, title, added_by AS AddedBy, interval_ms AS IntervalMs, paused_at AS PausedAt, etag, last_modified AS LastModified, " +
        "baseline_at AS BaselineAt, polled_at AS PolledAt, succeeded_at AS SucceededAt, failures, last_error AS LastError, next_poll_at AS NextPollAt, " +
        "failing_since AS FailingSince, fault, last_new_at AS LastNewAt, gap_ms AS GapMs, entry_count AS EntryCount, hub, hub_topic AS HubTopic, full_text AS FullText, " +
        "(SELECT MAX(s.leased_until) FROM hub_subscriptions s WHERE s.feed_id = feeds.id AND s.state = 'live') AS PushedUntil, leased_until AS LeasedUntil";

    /// <summary>What is set where the failures of a feed are forgotten.</summary>
    public const string Unharmed = "failures = 0, failing_since = NULL, fault = NULL, last_error = NULL";

    /// <summary>What is set where a feed begins anew at an address: its next poll is a baseline.</summary>
    public const string Afresh = $"etag = NULL, last_modified = NULL, baseline_at = NULL, {Unharmed}";

    private volatile IReadOnlyList<Feed> _listed = [];

    public IReadOnlyCollection<string> Kinds { get; } = ["feed", "feeds", ChangeLog.OfImports];

    /// <summary>The feeds as last listed or changed, from memory, for autocomplete.</summary>
    public IReadOnlyList<Feed> Listed => _listed;

    /// <summary>When this process last looked for due feeds: the pulse of the poll loop.</summary>
    public DateTimeOffset? LastSweepAt { get; private set; }

    /// <summary>Adds a feed that is due at once. One that is there already, under http or https, is kept as it is; a removed one comes back.</summary>
    /// <param name="note">Writes what belongs to it, where it is added.</param>
    public async Task<(Feed Feed, bool Added)> AddAsync(
        Uri address, string? title, TimeSpan? interval, string addedBy, CancellationToken cancellationToken, Func<DbTransaction, Task>? note = null)
    {
        var added = await NotingAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                $"""
                INSERT INTO feeds (url, title, interval_ms, added_by, added_at, next_poll_at)
                SELECT @Url, @Title, @IntervalMs, @AddedBy, @Now, @Now
                WHERE NOT EXISTS (SELECT 1 FROM feeds WHERE url = @OtherUrl)
                ON CONFLICT (url) DO NOTHING;
                UPDATE feeds SET removed_at = NULL, paused_at = NULL, succeeded_at = NULL, {Afresh},
                    title = COALESCE(@Title, title), added_by = @AddedBy, next_poll_at = @Now
                WHERE url IN (@Url, @OtherUrl) AND removed_at IS NOT NULL;
                """,
                new
                {
                    Url = address.AbsoluteUri,
                    OtherUrl = FeedAddress.OtherScheme(address).AbsoluteUri,
                    Title = title,
                    IntervalMs = (long?)interval?.TotalMilliseconds,
                    AddedBy = addedBy,
                    Now = Milliseconds(time.GetUtcNow()),
                },
                transaction),
            note,
            cancellationToken) > 0;

        var feeds = await ListAsync(cancellationToken);
        return (feeds.Single(f => f.Address == address || f.Address == FeedAddress.OtherScheme(address)), added);
    }

    /// <summary>Adds those of a curated list that the bot has never had, under any address; one that a moderator removed stays removed.</summary>
    public async Task AddMissingAsync(IReadOnlyList<CatalogFeed> catalog, CancellationToken cancellationToken)
    {
        await database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO feeds (url, title, interval_ms, added_by, added_at, next_poll_at)
                SELECT @Url, @Title, @IntervalMs, 'the curated list', @Now, @Now
                WHERE NOT EXISTS (SELECT 1 FROM feeds WHERE url = @OtherUrl)
                    AND NOT EXISTS (SELECT 1 FROM former_feed_addresses WHERE url IN (@Url, @OtherUrl))
                ON CONFLICT (url) DO NOTHING
                """,
                catalog.Select(f => new
                {
                    Url = f.Address.AbsoluteUri,
                    OtherUrl = FeedAddress.OtherScheme(f.Address).AbsoluteUri,
                    f.Title,
                    IntervalMs = (long?)f.Interval?.TotalMilliseconds,
                    Now = Milliseconds(time.GetUtcNow()),
                }),
                transaction),
            cancellationToken);
        await ListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Feed>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>($"SELECT {Columns} FROM feeds WHERE removed_at IS NULL ORDER BY COALESCE(title, url), id");
        return _listed = [.. rows.Select(r => r.ToFeed())];
    }

    public Task LoadAsync(CancellationToken cancellationToken) => ListAsync(cancellationToken);

    /// <param name="note">Writes what belongs to it.</param>
    public Task RemoveAsync(FeedId id, CancellationToken cancellationToken, Func<DbTransaction, Task>? note = null) => ChangeAsync(id, "removed_at = @Now", note, cancellationToken);

    /// <param name="note">Writes what belongs to it.</param>
    public Task PauseAsync(FeedId id, CancellationToken cancellationToken, Func<DbTransaction, Task>? note = null) => ChangeAsync(id, "paused_at = @Now", note, cancellationToken);

    /// <summary>Resumes a paused feed; it is due at once and its failures are forgotten.</summary>
    /// <param name="note">Writes what belongs to it.</param>
    public Task ResumeAsync(FeedId id, CancellationToken cancellationToken, Func<DbTransaction, Task>? note = null) =>
        ChangeAsync(id, $"paused_at = NULL, {Unharmed}, next_poll_at = @Now", note, cancellationToken);

    /// <summary>Takes the feeds that are due, at most <paramref name="limit"/>, for the time of a lease.</summary>
    /// <param name="alive">The replicas that share the hosts among them; null: this one asks every host.</param>
    /// <remarks>What was polled in the future was polled before the clock was set back: it is due.</remarks>
    public async Task<IReadOnlyList<Feed>> LeaseDueAsync(int limit, CancellationToken cancellationToken, IReadOnlyCollection<string>? alive = null)
    {
        var now = time.GetUtcNow();
        var until = Milliseconds(now + Lease);
        var own = alive is { Count: > 1 } ? await OwnDueAsync(now, limit, alive, cancellationToken) : null;
        if (own is { Count: 0 })
        {
            LastSweepAt = now;
            return [];
        }

        var leased = await database.InTransactionAsync(
            async transaction =>
            {
                var rows = (await transaction.Connection!.QueryAsync<Row>(
                    $"""
                    UPDATE feeds SET leased_until = @Until, leased_by = @By
                    WHERE id IN (SELECT id FROM feeds WHERE {IsDue} {(own is null ? "" : "AND id IN @Own")} ORDER BY next_poll_at LIMIT @Limit)
                    RETURNING {Columns}
                    """,
                    new { Now = Milliseconds(now), Until = until, By = replica.Id, Limit = limit, Own = own },
                    transaction)).AsList();
                var hints = rows.Count == 0 ? [] : await FeedHintRows.LeasedAsync(transaction, until);
                return rows.Select(r => r.ToFeed() is var feed && hints.TryGetValue(feed.Id, out var said) ? feed with { Hints = said } : feed).ToList();
            },
            cancellationToken);
        LastSweepAt = now;
        return leased;
    }

    private async Task<IReadOnlyCollection<long>> OwnDueAsync(DateTimeOffset now, int limit, IReadOnlyCollection<string> alive, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var due = await connection.QueryAsync<(long Id, string Url, long DueAt)>(
            $"SELECT id, url, next_poll_at FROM feeds WHERE {IsDue} ORDER BY next_poll_at LIMIT @Limit", new { Now = Milliseconds(now), Until = Milliseconds(now + Lease), Limit = limit });
        var neglected = now - Neglected > replica.StartedAt ? Milliseconds(now - Neglected) : long.MinValue;
        return [.. due.Where(d => d.DueAt < neglected || HostShare.IsOf(replica.Id, new Uri(d.Url), alive)).Select(d => d.Id)];
    }

    /// <summary>The feeds whose site asked for a pause that still lasts.</summary>
    public async Task<IReadOnlyList<(Uri Address, DateTimeOffset Until)>> PausedBySitesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Url, long Until)>(
            "SELECT url, next_poll_at FROM feeds WHERE fault = @Pause AND next_poll_at > @Now AND removed_at IS NULL",
            new { Pause = nameof(FetchFault.Pause), Now = Milliseconds(time.GetUtcNow()) });
        return [.. rows.Select(r => (new Uri(r.Url), DateTimeOffset.FromUnixTimeMilliseconds(r.Until)))];
    }

    public Task ReleaseAsync(DbTransaction transaction, IReadOnlyCollection<string>? replicas) => transaction.Connection!.ExecuteAsync(
        $"UPDATE feeds SET leased_until = 0, leased_by = NULL WHERE {(replicas is null ? "leased_until > 0" : "leased_by IN @replicas")}", new { replicas }, transaction);

    /// <summary>
    /// Writes what polls found and gives the leases back, inside the transaction that stores the stories. It says nothing of
    /// a feed that was given another address meanwhile.
    /// </summary>
    public async Task RecordAsync(DbTransaction transaction, IReadOnlyCollection<PolledFeed> polled)
    {
        foreach (var (feed, outcome) in polled.Where(p => p.Outcome.MovedTo is not null))
        {
            await MoveAsync(transaction, feed, outcome.MovedTo!);
        }

        await transaction.Connection!.ExecuteAsync(
            """
            UPDATE feeds SET
                title = COALESCE(title, @Title), etag = @ETag, last_modified = @LastModified,
                polled_at = @Now, succeeded_at = CASE WHEN @Error IS NULL THEN @Now ELSE succeeded_at END,
                baseline_at = CASE WHEN @Read = 1 THEN COALESCE(baseline_at, @Now) ELSE baseline_at END,
                failures = @Failures, failing_since = CASE WHEN @Failures = 0 THEN NULL ELSE COALESCE(failing_since, @Now) END, fault = @Fault,
                last_error = @Error, next_poll_at = @Next, leased_until = 0, leased_by = NULL,
                last_new_at = CASE WHEN @HasNew = 1 THEN @Now ELSE last_new_at END, gap_ms = COALESCE(@GapMs, gap_ms), entry_count = COALESCE(@EntryCount, entry_count),
                hub = CASE WHEN @Read = 1 THEN @Hub ELSE hub END, hub_topic = CASE WHEN @Read = 1 THEN @HubTopic ELSE hub_topic END,
                paused_at = CASE WHEN @Gone = 1 THEN @Now ELSE paused_at END
            WHERE id = @Id AND url IN (@Polled, @Moved)
            """,
            polled.Select(Parameters),
            transaction);
        await FeedHintRows.WriteAsync(transaction, polled);
    }

    private object Parameters(PolledFeed polled)
    {
        var (feed, outcome) = polled;
        return new
        {
            Id = feed.Id.Value,
            Polled = feed.Address.AbsoluteUri,
            Moved = outcome.MovedTo?.AbsoluteUri,
            outcome.Title,
            outcome.ETag,
            outcome.LastModified,
            Now = Milliseconds(time.GetUtcNow()),
            Fault = outcome.Fault?.ToString(),
            outcome.Error,
            outcome.Read,
            outcome.Failures,
            outcome.Gone,
            Next = Milliseconds(outcome.NextPollAt),
            outcome.HasNew,
            GapMs = (long?)outcome.Gap?.TotalMilliseconds,
            outcome.EntryCount,
            Hub = outcome.Hints?.Hub?.AbsoluteUri,
            HubTopic = outcome.Hints?.Hub is null ? null : (outcome.Hints.Self ?? feed.Address).AbsoluteUri,
        };
    }

    // A feed that moved to where another one already is keeps its old address: both bring the same stories, once.
    private static async Task MoveAsync(DbTransaction transaction, Feed feed, Uri movedTo)
    {
        var moved = await transaction.Connection!.ExecuteAsync(
            "UPDATE feeds SET url = @New WHERE id = @Id AND url = @Old AND NOT EXISTS (SELECT 1 FROM feeds WHERE url = @New)",
            new { Id = feed.Id.Value, Old = feed.Address.AbsoluteUri, New = movedTo.AbsoluteUri },
            transaction);
        if (moved > 0)
        {
            await KeepFormerAddressAsync(transaction, feed);
        }
    }

    /// <summary>Remembers the address that a feed had, for one that moves.</summary>
    public static Task KeepFormerAddressAsync(DbTransaction transaction, Feed feed) => transaction.Connection!.ExecuteAsync(
        "INSERT INTO former_feed_addresses (url, feed_id) VALUES (@Url, @Id) ON CONFLICT (url) DO UPDATE SET feed_id = excluded.feed_id",
        new { Url = feed.Address.AbsoluteUri, Id = feed.Id.Value },
        transaction);

    private async Task ChangeAsync(FeedId id, string assignments, Func<DbTransaction, Task>? note, CancellationToken cancellationToken)
    {
        await NotingAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                $"UPDATE feeds SET {assignments} WHERE id = @Id", new { Id = id.Value, Now = Milliseconds(time.GetUtcNow()) }, transaction),
            note,
            cancellationToken);
        await ListAsync(cancellationToken);
    }

    private Task<int> NotingAsync(Func<DbTransaction, Task<int>> change, Func<DbTransaction, Task>? note, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var changed = await change(transaction);
                await (changed > 0 && note is not null ? note(transaction) : Task.CompletedTask);
                return changed;
            },
            cancellationToken);

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public long Id { get; init; }
        public string Url { get; init; } = "";
        public string? Title { get; init; }
        public string AddedBy { get; init; } = "";
        public long? IntervalMs { get; init; }
        public long? PausedAt { get; init; }
        public string? ETag { get; init; }
        public string? LastModified { get; init; }
        public long? BaselineAt { get; init; }
        public long? PolledAt { get; init; }
        public long? SucceededAt { get; init; }
        public int Failures { get; init; }
        public string? LastError { get; init; }
        public long NextPollAt { get; init; }
        public long? FailingSince { get; init; }
        public string? Fault { get; init; }
        public long? LastNewAt { get; init; }
        public long? GapMs { get; init; }
        public int? EntryCount { get; init; }
        public string? Hub { get; init; }
        public string? HubTopic { get; init; }
        public bool FullText { get; init; }
        public long? PushedUntil { get; init; }
        public long LeasedUntil { get; init; }

        public Feed ToFeed() => new(new FeedId(Id), new Uri(Url))
        {
            Title = Title,
            AddedBy = AddedBy,
            Interval = Span(IntervalMs),
            PausedAt = At(PausedAt),
            ETag = ETag,
            LastModified = LastModified,
            BaselineAt = At(BaselineAt),
            PolledAt = At(PolledAt),
            SucceededAt = At(SucceededAt),
            Failures = Failures,
            FailingSince = At(FailingSince),
            Fault = Enum.TryParse<FetchFault>(Fault, out var fault) ? fault : null,
            LastError = LastError,
            NextPollAt = DateTimeOffset.FromUnixTimeMilliseconds(NextPollAt),
            LastNewAt = At(LastNewAt),
            Gap = Span(GapMs),
            EntryCount = EntryCount,
            Hub = Hub is null ? null : new Uri(Hub),
            HubTopic = HubTopic is null ? null : new Uri(HubTopic),
            FullText = FullText,
            PushedUntil = At(PushedUntil),
            LeasedUntil = DateTimeOffset.FromUnixTimeMilliseconds(LeasedUntil),
        };

        private static TimeSpan? Span(long? milliseconds) => milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

        private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
    }
}
