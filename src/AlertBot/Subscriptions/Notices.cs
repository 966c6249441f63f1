using System.Data.Common;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Subscriptions;

/// <summary>
/// What people are told of their channels, each in private, and moderators of the feeds, waiting and sent. Written with the fact
/// that they tell of, claimed under a lease, in the order of each inbox; an inbox that refuses one is left alone with it.
/// </summary>
internal sealed class Notices(Database database, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <param name="kind">The trouble that it tells of; null: the channel is well again.</param>
    public Task EnqueueAsync(DbTransaction transaction, IEnumerable<ChannelAddress> inboxes, ChannelAddress about, TroubleKind? kind, Card card) =>
        transaction.Connection!.ExecuteAsync(
            "INSERT INTO notices (inbox, channel, kind, card, created_at, next_attempt_at) VALUES (@Inbox, @Channel, @Kind, @Card, @Now, @Now)",
            inboxes.Select(i => new { Inbox = i.ToString(), Channel = about.ToString(), Kind = kind is { } trouble ? KindOf(trouble) : "well", Card = JsonSerializer.Serialize(card), Now = Now() }),
            transaction);

    /// <summary>A notice for moderators, about feeds.</summary>
    /// <returns>Its number.</returns>
    public Task<long> EnqueueAsync(DbTransaction transaction, ChannelAddress inbox, FeedNotice kind, Card card) =>
        transaction.Connection!.ExecuteScalarAsync<long>(
            "INSERT INTO notices (inbox, kind, card, created_at, next_attempt_at) VALUES (@Inbox, @Kind, @Card, @Now, @Now) RETURNING id",
            new { Inbox = inbox.ToString(), Kind = KindOf(kind), Card = JsonSerializer.Serialize(card), Now = Now() },
            transaction);

    /// <summary>Puts another card in the place of one that nobody can have seen yet.</summary>
    public static Task RewriteAsync(DbTransaction transaction, long id, Card card) =>
        transaction.Connection!.ExecuteAsync("UPDATE notices SET card = @Card WHERE id = @Id", new { Id = id, Card = JsonSerializer.Serialize(card) }, transaction);

    /// <summary>Takes back one that nobody can have seen yet.</summary>
    public static Task WithdrawAsync(DbTransaction transaction, long id) =>
        transaction.Connection!.ExecuteAsync("DELETE FROM notices WHERE id = @Id", new { Id = id }, transaction);

    /// <summary>The last notice about feeds that an inbox did not take, if none was taken since: when it was written and why it was refused.</summary>
    public async Task<(DateTimeOffset At, string Why)?> RefusalAsync(ChannelAddress inbox, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var last = await connection.QueryFirstOrDefaultAsync<(string State, long At, string? Why)>(
            "SELECT state, created_at, last_error FROM notices WHERE inbox = @Inbox AND channel IS NULL AND (state <> 'pending' OR last_error IS NOT NULL) ORDER BY id DESC LIMIT 1",
            new { Inbox = inbox.ToString() });
        return last.State is null or "sent" ? null : (DateTimeOffset.FromUnixTimeMilliseconds(last.At), last.Why ?? "for no reason given");
    }

    /// <summary>Those who know, or may know, of a channel's trouble since then. What nobody has seen yet is withdrawn.</summary>
    public static async Task<IReadOnlyList<ChannelAddress>> ToldAsync(DbTransaction transaction, ChannelAddress about, long since)
    {
        var inboxes = await transaction.Connection!.QueryAsync<string>(
            """
            DELETE FROM notices WHERE channel = @Channel AND kind IN ('closed', 'gone') AND state = 'pending' AND attempts = 0;
            SELECT DISTINCT inbox FROM notices WHERE channel = @Channel AND kind IN ('closed', 'gone') AND state IN ('pending', 'sent') AND created_at >= @Since
            """,
            new { Channel = about.ToString(), Since = since },
            transaction);
        return [.. inboxes.Select(ChannelAddress.Parse)];
    }

    /// <summary>Takes the oldest waiting notice of each inbox that is due, at most <paramref name="limit"/>, for the time of a lease.</summary>
    public async Task<IReadOnlyList<ClaimedNotice>> ClaimDueAsync(int limit, CancellationToken cancellationToken)
    {
        var rows = await database.InTransactionAsync(
            transaction => transaction.Connection!.QueryAsync<Row>(
                """
                UPDATE notices SET leased_until = @Until, attempts = attempts + 1, unknown_since = COALESCE(unknown_since, claimed_at), claimed_at = @Now
                WHERE id IN (
                    SELECT n.id FROM notices n JOIN (SELECT MIN(id) AS id FROM notices WHERE state = 'pending' GROUP BY inbox) heads ON heads.id = n.id
                    WHERE n.next_attempt_at <= @Now AND n.leased_until <= @Now
                    ORDER BY n.id LIMIT @Limit)
                RETURNING id, inbox, channel, card, attempts, unknown_since AS UnknownSince
                """,
                new { Now = Now(), Until = Now() + (long)Lease.TotalMilliseconds, Limit = limit },
                transaction),
            cancellationToken);
        return [.. rows.OrderBy(r => r.Id).Select(r => r.ToClaimed())];
    }

    /// <summary>Gives back every lease. Only for a start on a database that no other process has open.</summary>
    public Task ReleaseLeasesAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync("UPDATE notices SET leased_until = 0 WHERE state = 'pending'", transaction: transaction),
            cancellationToken);

    public Task MarkSentAsync(long id, CancellationToken cancellationToken) => UpdateAsync(id, "state = 'sent'", null, default, cancellationToken);

    public Task MarkRefusedAsync(long id, string why, CancellationToken cancellationToken) => UpdateAsync(id, "state = 'refused'", why, default, cancellationToken);

    public Task MarkAbandonedAsync(long id, string why, CancellationToken cancellationToken) => UpdateAsync(id, "state = 'abandoned'", why, default, cancellationToken);

    /// <summary>Waits because the platform asked for it: that is no failed attempt.</summary>
    public Task DeferAsync(long id, string why, TimeSpan delay, CancellationToken cancellationToken) =>
        UpdateAsync(id, "next_attempt_at = @Next, attempts = attempts - 1", why, delay, cancellationToken);

    /// <summary>The attempt showed nothing.</summary>
    public Task RetryAsync(long id, string why, TimeSpan delay, CancellationToken cancellationToken) => UpdateAsync(id, "next_attempt_at = @Next", why, delay, cancellationToken);

    /// <summary>The attempt may have shown it: every later one knows since when.</summary>
    public Task RetryUnknownAsync(long id, string why, TimeSpan delay, CancellationToken cancellationToken) =>
        UpdateAsync(id, "next_attempt_at = @Next, unknown_since = COALESCE(unknown_since, claimed_at)", why, delay, cancellationToken);

    /// <summary>The same while the platform as a whole is in trouble: that is no failed attempt.</summary>
    public Task DeferUnknownAsync(long id, string why, TimeSpan delay, CancellationToken cancellationToken) =>
        UpdateAsync(id, "next_attempt_at = @Next, attempts = attempts - 1, unknown_since = COALESCE(unknown_since, claimed_at)", why, delay, cancellationToken);

    /// <summary>How a kind of trouble is written in the database.</summary>
    public static string KindOf(TroubleKind kind) => kind switch
    {
        TroubleKind.Closed => "closed",
        TroubleKind.Gone => "gone",
        _ => "refusing",
    };

    private static string KindOf(FeedNotice kind) => kind switch
    {
        FeedNotice.Sick => "sick-feeds",
        FeedNotice.Well => "well-feeds",
        _ => "offline",
    };

    private Task UpdateAsync(long id, string assignments, string? error, TimeSpan delay, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                $"UPDATE notices SET {assignments}, last_error = @Error, leased_until = 0, claimed_at = NULL WHERE id = @Id AND state = 'pending'",
                new { Id = id, Error = error, Next = Now() + (long)delay.TotalMilliseconds },
                transaction),
            cancellationToken);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public long Id { get; init; }
        public string Inbox { get; init; } = "";
        public string? Channel { get; init; }
        public string Card { get; init; } = "";
        public int Attempts { get; init; }
        public long? UnknownSince { get; init; }

        public ClaimedNotice ToClaimed() => new(
            Id, ChannelAddress.Parse(Inbox), JsonSerializer.Deserialize<Card>(Card)!, Attempts, UnknownSince is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null)
        {
            IsForModerators = Channel is null,
        };
    }
}

/// <summary>A notice that this process alone may send until its lease ends.</summary>
/// <param name="Attempts">This one included.</param>
/// <param name="MaybeShownSince">As of <see cref="OutgoingMessage"/>.</param>
internal sealed record ClaimedNotice(long Id, ChannelAddress Inbox, Card Card, int Attempts, DateTimeOffset? MaybeShownSince)
{
    /// <summary>It goes to a moderators' channel, not to one person.</summary>
    public bool IsForModerators { get; init; }
}

/// <summary>What moderators are told of feeds.</summary>
internal enum FeedNotice
{
    Sick,

    Well,

    /// <summary>The bot itself was cut off.</summary>
    Offline,
}
