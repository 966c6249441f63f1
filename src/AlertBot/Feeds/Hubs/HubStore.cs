using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Feeds.Hubs;

/// <summary>The subscriptions at hubs, and what they do to the feeds: a push makes its feed due at once.</summary>
internal sealed class HubStore(Database database, TimeProvider time)
{
    private const int KeyBytes = 32;
    private const string Columns = "id, feed_id AS FeedId, hub, topic, callback, secret, state, failures";

    /// <summary>However often a hub pushes, a feed is not asked more often than this because of it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Makes the subscriptions those that the feeds call for: new ones for feeds that offer a hub; those of feeds that went, rest, or
    /// changed their hub are to be left. One whose lease ended unrenewed counts no longer, and its feed is polled at its own pace again.
    /// </summary>
    /// <param name="callbackStart">What callbacks begin with.</param>
    public Task MatchFeedsAsync(string callbackStart, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(
                """
                UPDATE hub_subscriptions SET state = 'leaving', failures = 0, next_at = @Now
                WHERE state <> 'leaving' AND (callback <> @Start || key OR NOT EXISTS (
                    SELECT 1 FROM feeds f WHERE f.id = feed_id AND f.removed_at IS NULL AND f.paused_at IS NULL AND f.hub = hub_subscriptions.hub AND f.hub_topic = topic))
                """,
                new { Now = Now(), Start = callbackStart },
                transaction);
            var missing = await transaction.Connection!.QueryAsync<(long Id, string Hub, string Topic)>(
                """
                SELECT id, hub, hub_topic FROM feeds f WHERE hub IS NOT NULL AND hub_topic IS NOT NULL AND removed_at IS NULL AND paused_at IS NULL
                    AND NOT EXISTS (SELECT 1 FROM hub_subscriptions s WHERE s.feed_id = f.id AND s.state <> 'leaving')
                """,
                transaction: transaction);
            foreach (var (id, hub, topic) in missing.AsList())
            {
                await InsertAsync(transaction, id, hub, topic, callbackStart);
            }

            var lapsed = await transaction.Connection!.QueryAsync<long>(
                "UPDATE hub_subscriptions SET state = 'asked' WHERE state = 'live' AND leased_until <= @Now RETURNING feed_id", new { Now = Now() }, transaction);
            await WakeAsync(transaction, lapsed.AsList());
        },
        cancellationToken);

    /// <summary>Forgets every subscription: nobody can reach the bot any more.</summary>
    public Task ForgetAllAsync(CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            var live = await transaction.Connection!.QueryAsync<long>("DELETE FROM hub_subscriptions RETURNING CASE WHEN state = 'live' THEN feed_id ELSE 0 END", transaction: transaction);
            await WakeAsync(transaction, live.AsList());
        },
        cancellationToken);

    /// <summary>Those whose hub is to be asked now, longest waiting first.</summary>
    public async Task<IReadOnlyList<HubSubscription>> DueAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>($"SELECT {Columns} FROM hub_subscriptions WHERE next_at <= @Now ORDER BY next_at, id LIMIT @Limit", new { Now = Now(), Limit = limit });
        return [.. rows.Select(r => r.ToSubscription())];
    }

    public async Task<HubSubscription?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<Row>($"SELECT {Columns} FROM hub_subscriptions WHERE key = @Key", new { Key = key }))?.ToSubscription();
    }

    /// <summary>Notes that the hub is about to be asked: until it confirms, that counts as a failure.</summary>
    public Task AskingAsync(HubSubscription subscription, DateTimeOffset again, CancellationToken cancellationToken) => ExecuteAsync(
        "UPDATE hub_subscriptions SET failures = failures + 1, next_at = @At, trouble = 'the hub has not confirmed it yet' WHERE id = @Id",
        new { subscription.Id, At = again.ToUnixTimeMilliseconds() },
        cancellationToken);

    public Task RefusedAsync(HubSubscription subscription, string why, CancellationToken cancellationToken) =>
        ExecuteAsync("UPDATE hub_subscriptions SET trouble = @Why WHERE id = @Id AND failures > 0", new { subscription.Id, Why = why }, cancellationToken);

    public Task ConfirmedAsync(HubSubscription subscription, DateTimeOffset leasedUntil, DateTimeOffset renewal, CancellationToken cancellationToken) => ExecuteAsync(
        "UPDATE hub_subscriptions SET state = 'live', failures = 0, trouble = NULL, leased_until = @Until, next_at = @Renewal WHERE id = @Id AND state <> 'leaving'",
        new { subscription.Id, Until = leasedUntil.ToUnixTimeMilliseconds(), Renewal = renewal.ToUnixTimeMilliseconds() },
        cancellationToken);

    /// <summary>The hub will not push, or no longer: the feed is polled at its own pace again, and the hub is asked anew much later.</summary>
    public Task DeniedAsync(HubSubscription subscription, string why, DateTimeOffset again, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(
                "UPDATE hub_subscriptions SET state = 'asked', trouble = @Why, leased_until = 0, next_at = @At WHERE id = @Id AND state <> 'leaving'",
                new { subscription.Id, Why = why, At = again.ToUnixTimeMilliseconds() },
                transaction);
            await WakeAsync(transaction, [subscription.Feed.Value]);
        },
        cancellationToken);

    public Task ForgetAsync(HubSubscription subscription, CancellationToken cancellationToken) =>
        ExecuteAsync("DELETE FROM hub_subscriptions WHERE id = @Id", new { subscription.Id }, cancellationToken);

    /// <summary>Makes the feed due at once and asks for the whole of it; while it is being polled, or its site rests, the push waits.</summary>
    public Task PushedAsync(HubSubscription subscription, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            var woken = await WakeAsync(transaction, [subscription.Feed.Value]);
            await transaction.Connection!.ExecuteAsync(
                "UPDATE hub_subscriptions SET pushed_at = @Now, push_waits = @Waits WHERE id = @Id", new { subscription.Id, Now = Now(), Waits = woken == 0 }, transaction);
        },
        cancellationToken);

    /// <summary>Makes those feeds due for which a push waits.</summary>
    public Task WakeWaitingAsync(CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            var waiting = await transaction.Connection!.QueryAsync<long>("SELECT DISTINCT feed_id FROM hub_subscriptions WHERE push_waits = 1", transaction: transaction);
            foreach (var feed in waiting.AsList())
            {
                if (await WakeAsync(transaction, [feed]) > 0)
                {
                    await transaction.Connection!.ExecuteAsync("UPDATE hub_subscriptions SET push_waits = 0 WHERE feed_id = @Feed", new { Feed = feed }, transaction);
                }
            }
        },
        cancellationToken);

    private Task InsertAsync(DbTransaction transaction, long feed, string hub, string topic, string callbackStart)
    {
        var key = Unguessable();
        return transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO hub_subscriptions (feed_id, hub, topic, callback, key, secret, state, next_at)
            VALUES (@Feed, @Hub, @Topic, @Callback, @Key, @Secret, 'asked', @Now)
            """,
            new { Feed = feed, Hub = hub, Topic = topic, Callback = callbackStart + key, Key = key, Secret = Unguessable(), Now = Now() },
            transaction);
    }

    // The validators go: what a hub says is new, a cache on the way may not know yet. A pause that the site asked for stands.
    private Task<int> WakeAsync(DbTransaction transaction, IReadOnlyCollection<long> feeds) => transaction.Connection!.ExecuteAsync(
        """
        UPDATE feeds SET etag = NULL, last_modified = NULL,
            next_poll_at = CASE WHEN next_poll_at <= @Now THEN next_poll_at WHEN polled_at > @Now - @Pause THEN polled_at + @Pause ELSE @Now END
        WHERE id IN @Feeds AND leased_until <= @Now AND (fault IS NULL OR fault <> 'Pause')
        """,
        new { Feeds = feeds, Now = Now(), Pause = (long)Pause.TotalMilliseconds },
        transaction);

    private Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => transaction.Connection!.ExecuteAsync(sql, parameters, transaction), cancellationToken);

    private static string Unguessable() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public long Id { get; init; }
        public long FeedId { get; init; }
        public string Hub { get; init; } = "";
        public string Topic { get; init; } = "";
        public string Callback { get; init; } = "";
        public string Secret { get; init; } = "";
        public string State { get; init; } = "";
        public int Failures { get; init; }

        public HubSubscription ToSubscription() => new(Id, new FeedId(FeedId), Hub, Topic, Callback, Secret, Enum.Parse<HubState>(State, ignoreCase: true), Failures);
    }
}
