using System.Data.Common;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>
/// The alerts that wait and the receipts of those sent. Rows are written in the transaction that stores their story, so
/// none is lost; they are claimed under a lease, so that no two senders hold one; and within a channel the oldest goes
/// first, so that a failing one delays only its own channel. An attempt that nobody noted the end of counts as one that
/// may have been shown, whatever became of its process.
/// </summary>
internal sealed class AlertOutbox(Database database, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Writes alerts in the caller's transaction. A channel that has one for the story, or for another story of its event,
    /// keeps that; one for a channel that is gone is left out.
    /// </summary>
    public Task EnqueueAsync(DbTransaction transaction, HappeningId happening, IEnumerable<Alert> alerts) =>
        transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO outbox (story_id, event_id, channel, reasons, created_at, next_attempt_at)
            SELECT @Story, @Event, @Channel, @Reasons, @Now, @Now
            WHERE NOT EXISTS (SELECT 1 FROM channel_troubles WHERE channel = @Channel AND kind = 'gone')
              AND NOT EXISTS (SELECT 1 FROM outbox WHERE event_id = @Event AND channel = @Channel AND state IN ('pending', 'sent'))
            ON CONFLICT DO NOTHING
            """,
            alerts.Select(a => new { Story = a.Story.Value, Event = happening.Value, Channel = a.Channel.ToString(), Reasons = JsonSerializer.Serialize(a.Reasons), Now = Now() }),
            transaction);

    /// <summary>
    /// Takes the oldest waiting alert of each channel that is due, at most <paramref name="limit"/>, for the time of a
    /// lease. A closed channel is due when its next probe is.
    /// </summary>
    public async Task<IReadOnlyList<ClaimedAlert>> ClaimDueAsync(int limit, CancellationToken cancellationToken)
    {
        var rows = await database.InTransactionAsync(
            transaction => transaction.Connection!.QueryAsync<Row>(
                """
                UPDATE outbox SET leased_until = @Until, attempts = attempts + 1, unknown_since = COALESCE(unknown_since, claimed_at), claimed_at = @Now
                WHERE id IN (
                    SELECT o.id FROM outbox o JOIN (SELECT MIN(id) AS id FROM outbox WHERE state = 'pending' GROUP BY channel) heads ON heads.id = o.id
                    WHERE o.next_attempt_at <= @Now AND o.leased_until <= @Now
                      AND NOT EXISTS (SELECT 1 FROM channel_troubles t WHERE t.channel = o.channel AND t.next_probe_at > @Now)
                    ORDER BY o.id LIMIT @Limit)
                RETURNING id, story_id AS StoryId, channel, reasons, attempts, unknown_since AS UnknownSince
                """,
                new { Now = Now(), Until = Now() + (long)Lease.TotalMilliseconds, Limit = limit },
                transaction),
            cancellationToken);
        return [.. rows.OrderBy(r => r.Id).Select(r => r.ToClaimed())];
    }

    /// <summary>Gives back every lease. Only for a start on a database that no other process has open.</summary>
    public Task ReleaseLeasesAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync("UPDATE outbox SET leased_until = 0, edit_leased_until = 0 WHERE state = 'pending' OR edit_due_at IS NOT NULL", transaction: transaction),
            cancellationToken);

    /// <param name="shown">The hash of the card. After a doubtful attempt it may be the card of that one that is shown, so it is not kept.</param>
    public Task MarkSentAsync(DbTransaction transaction, AlertId id, string messageId, string shown) =>
        UpdateAsync(
            transaction, id, "state = 'sent', message_id = @Text, sent_at = @Now, last_error = NULL, shown_hash = CASE WHEN unknown_since IS NULL THEN @Shown END", messageId, shown: shown);

    /// <summary>The platform will not take it, now or later.</summary>
    public Task MarkRefusedAsync(DbTransaction transaction, AlertId id, string why) =>
        UpdateAsync(transaction, id, "state = 'refused', last_error = @Text", why);

    /// <summary>Tried for too long.</summary>
    public Task MarkAbandonedAsync(DbTransaction transaction, AlertId id, string why) =>
        UpdateAsync(transaction, id, "state = 'abandoned', last_error = @Text", why);

    /// <summary>The attempt showed nothing.</summary>
    public Task RetryAsync(DbTransaction transaction, AlertId id, string why, TimeSpan delay) =>
        UpdateAsync(transaction, id, "next_attempt_at = @Next, last_error = @Text", why, delay);

    /// <summary>The attempt may have shown it: every later one knows since when.</summary>
    public Task RetryUnknownAsync(DbTransaction transaction, AlertId id, string why, TimeSpan delay) =>
        UpdateAsync(transaction, id, "next_attempt_at = @Next, last_error = @Text, unknown_since = COALESCE(unknown_since, claimed_at)", why, delay);

    /// <summary>Waits because the platform asked for it or the channel is closed: that is no failed attempt.</summary>
    public Task DeferAsync(DbTransaction transaction, AlertId id, string why, TimeSpan delay) =>
        UpdateAsync(transaction, id, "next_attempt_at = @Next, last_error = @Text, attempts = attempts - 1", why, delay);

    /// <summary>The same after an attempt that may have shown it.</summary>
    public Task DeferUnknownAsync(DbTransaction transaction, AlertId id, string why, TimeSpan delay) =>
        UpdateAsync(transaction, id, "next_attempt_at = @Next, last_error = @Text, attempts = attempts - 1, unknown_since = COALESCE(unknown_since, claimed_at)", why, delay);

    /// <summary>Refuses all that waits for a channel that is gone.</summary>
    public static Task RefuseWaitingAsync(DbTransaction transaction, ChannelAddress channel, string why) =>
        transaction.Connection!.ExecuteAsync(
            "UPDATE outbox SET state = 'refused', last_error = @Why, leased_until = 0, claimed_at = NULL WHERE channel = @Channel AND state = 'pending'",
            new { Channel = channel.ToString(), Why = why },
            transaction);

    /// <summary>The stories whose alerts wait for a channel, oldest first.</summary>
    public static async Task<IReadOnlyList<CardItem>> WaitingAsync(DbTransaction transaction, ChannelAddress channel)
    {
        var rows = await transaction.Connection!.QueryAsync<(string Title, string? Link)>(
            "SELECT s.title, s.link FROM outbox o JOIN stories s ON s.id = o.story_id WHERE o.channel = @Channel AND o.state = 'pending' ORDER BY o.id",
            new { Channel = channel.ToString() },
            transaction);
        return [.. rows.Select(r => new CardItem(r.Title, r.Link))];
    }

    /// <summary>How the queue stands, for health checks.</summary>
    public async Task<OutboxState> StateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var counts = (await connection.QueryAsync<(string State, long Count, long Oldest)>("SELECT state, COUNT(*), MIN(created_at) FROM outbox GROUP BY state")).ToDictionary(c => c.State);
        return new OutboxState(Count("pending"), Count("sent"), Count("refused"), Count("abandoned"), counts.TryGetValue("pending", out var p) ? DateTimeOffset.FromUnixTimeMilliseconds(p.Oldest) : null);

        long Count(string state) => counts.GetValueOrDefault(state).Count;
    }

    /// <summary>What waits that could be sent, and what was refused or given up since then.</summary>
    public async Task<OutboxTraffic> TrafficAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var (pending, oldest) = await connection.QuerySingleAsync<(long Pending, long? Oldest)>(
            """
            SELECT COUNT(*), MIN(CASE WHEN NOT EXISTS (SELECT 1 FROM channel_troubles t WHERE t.channel = o.channel AND t.kind IN ('closed', 'gone')) THEN o.created_at END)
            FROM outbox o WHERE o.state = 'pending'
            """);
        var (refused, last) = await connection.QuerySingleAsync<(long Refused, long? Last)>(
            "SELECT COUNT(*), MAX(id) FROM outbox WHERE state IN ('refused', 'abandoned') AND created_at >= @Since", new { Since = since.ToUnixTimeMilliseconds() });
        var why = last is null ? null : await connection.ExecuteScalarAsync<string?>("SELECT last_error FROM outbox WHERE id = @Id", new { Id = last });
        return new OutboxTraffic(pending, oldest is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, refused, why);
    }

    private Task UpdateAsync(DbTransaction transaction, AlertId id, string assignments, string text, TimeSpan delay = default, string? shown = null) =>
        transaction.Connection!.ExecuteAsync(
            $"UPDATE outbox SET {assignments}, leased_until = 0, claimed_at = NULL WHERE id = @Id AND state = 'pending'",
            new { Id = id.Value, Text = text, Now = Now(), Next = Now() + (long)delay.TotalMilliseconds, Shown = shown },
            transaction);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public long Id { get; init; }
        public long StoryId { get; init; }
        public string Channel { get; init; } = "";
        public string Reasons { get; init; } = "";
        public int Attempts { get; init; }
        public long? UnknownSince { get; init; }

        public ClaimedAlert ToClaimed() => new(
            new AlertId(Id),
            new Alert(new StoryId(StoryId), ChannelAddress.Parse(Channel), JsonSerializer.Deserialize<List<AlertReason>>(Reasons)!),
            Attempts,
            UnknownSince is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null);
    }
}

/// <summary>An alert that this process alone may send until its lease ends.</summary>
/// <param name="Attempts">This one included.</param>
/// <param name="MaybeShownSince">When the first attempt began whose outcome nobody knows; null if there was none.</param>
internal sealed record ClaimedAlert(AlertId Id, Alert Alert, int Attempts, DateTimeOffset? MaybeShownSince);

/// <param name="OldestPending">When the alert that waits longest was queued.</param>
internal sealed record OutboxState(long Pending, long Sent, long Refused, long Abandoned, DateTimeOffset? OldestPending);

/// <param name="OldestOpen">When the alert that waits longest for a channel that takes alerts was queued.</param>
/// <param name="Refused">Given up ones included.</param>
internal sealed record OutboxTraffic(long Pending, DateTimeOffset? OldestOpen, long Refused, string? LastRefusal);
