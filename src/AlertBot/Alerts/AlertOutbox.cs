using System.Data.Common;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>
/// The alerts that wait and the receipts of those sent. Rows are written in the transaction that stores their story, so
/// none is lost; they are claimed under a lease, so that no two senders hold one; and within a channel the oldest goes
/// first, so that a failing one delays only its own channel.
/// </summary>
internal sealed class AlertOutbox(Database database, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Writes alerts in the caller's transaction. One that exists for the story and channel is left as it is.</summary>
    public Task EnqueueAsync(DbTransaction transaction, IEnumerable<Alert> alerts) =>
        transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO outbox (story_id, channel, reasons, created_at, next_attempt_at) VALUES (@Story, @Channel, @Reasons, @Now, @Now)
            ON CONFLICT (story_id, channel) DO NOTHING
            """,
            alerts.Select(a => new { Story = a.Story.Value, Channel = a.Channel.ToString(), Reasons = JsonSerializer.Serialize(a.Reasons), Now = Now() }),
            transaction);

    /// <summary>Takes the oldest waiting alert of each channel that is due, at most <paramref name="limit"/>, for the time of a lease.</summary>
    public async Task<IReadOnlyList<ClaimedAlert>> ClaimDueAsync(int limit, CancellationToken cancellationToken)
    {
        var rows = await database.InTransactionAsync(
            transaction => transaction.Connection!.QueryAsync<Row>(
                """
                UPDATE outbox SET leased_until = @Until, attempts = attempts + 1
                WHERE id IN (
                    SELECT o.id FROM outbox o JOIN (SELECT MIN(id) AS id FROM outbox WHERE state = 'pending' GROUP BY channel) heads ON heads.id = o.id
                    WHERE o.next_attempt_at <= @Now AND o.leased_until <= @Now
                    ORDER BY o.id LIMIT @Limit)
                RETURNING id, story_id AS StoryId, channel, reasons, attempts
                """,
                new { Now = Now(), Until = Now() + (long)Lease.TotalMilliseconds, Limit = limit },
                transaction),
            cancellationToken);
        return [.. rows.OrderBy(r => r.Id).Select(r => r.ToClaimed())];
    }

    /// <summary>Gives back every lease. Only for a start on a database that no other process has open.</summary>
    public Task ReleaseLeasesAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync("UPDATE outbox SET leased_until = 0 WHERE state = 'pending'", transaction: transaction),
            cancellationToken);

    public Task MarkSentAsync(AlertId id, string messageId, CancellationToken cancellationToken) =>
        UpdateAsync(id, "state = 'sent', message_id = @Text, sent_at = @Now, last_error = NULL", messageId, 0, cancellationToken);

    /// <summary>The platform will not take it, now or later.</summary>
    public Task MarkRefusedAsync(AlertId id, string why, CancellationToken cancellationToken) =>
        UpdateAsync(id, "state = 'refused', last_error = @Text", why, 0, cancellationToken);

    /// <summary>Tried for too long.</summary>
    public Task MarkAbandonedAsync(AlertId id, string why, CancellationToken cancellationToken) =>
        UpdateAsync(id, "state = 'abandoned', last_error = @Text", why, 0, cancellationToken);

    public Task RetryAsync(AlertId id, string why, TimeSpan delay, CancellationToken cancellationToken) =>
        UpdateAsync(id, "next_attempt_at = @Next, last_error = @Text", why, Now() + (long)delay.TotalMilliseconds, cancellationToken);

    /// <summary>Waits because the platform asked for it: that is no failed attempt.</summary>
    public Task DeferAsync(AlertId id, string why, TimeSpan delay, CancellationToken cancellationToken) =>
        UpdateAsync(id, "next_attempt_at = @Next, last_error = @Text, attempts = attempts - 1", why, Now() + (long)delay.TotalMilliseconds, cancellationToken);

    /// <summary>How the queue stands, for health checks.</summary>
    public async Task<OutboxState> StateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var counts = (await connection.QueryAsync<(string State, long Count, long Oldest)>("SELECT state, COUNT(*), MIN(created_at) FROM outbox GROUP BY state")).ToDictionary(c => c.State);
        return new OutboxState(Count("pending"), Count("sent"), Count("refused"), Count("abandoned"), counts.TryGetValue("pending", out var p) ? DateTimeOffset.FromUnixTimeMilliseconds(p.Oldest) : null);

        long Count(string state) => counts.GetValueOrDefault(state).Count;
    }

    private Task UpdateAsync(AlertId id, string assignments, string text, long next, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                $"UPDATE outbox SET {assignments}, leased_until = 0 WHERE id = @Id AND state = 'pending'",
                new { Id = id.Value, Text = text, Now = Now(), Next = next },
                transaction),
            cancellationToken);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public long Id { get; init; }
        public long StoryId { get; init; }
        public string Channel { get; init; } = "";
        public string Reasons { get; init; } = "";
        public int Attempts { get; init; }

        public ClaimedAlert ToClaimed() => new(
            new AlertId(Id), new Alert(new StoryId(StoryId), ChannelAddress.Parse(Channel), JsonSerializer.Deserialize<List<AlertReason>>(Reasons)!), Attempts);
    }
}

/// <summary>An alert that this process alone may send until its lease ends.</summary>
/// <param name="Attempts">This one included.</param>
internal sealed record ClaimedAlert(AlertId Id, Alert Alert, int Attempts);

/// <param name="OldestPending">When the alert that waits longest was queued.</param>
internal sealed record OutboxState(long Pending, long Sent, long Refused, long Abandoned, DateTimeOffset? OldestPending);
