using System.Data.Common;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>
/// The alerts whose story was edited, or whose event grew, after they were sent. They are marked in the transaction that
/// stores the change, so none is missed, and claimed under a lease. An edit that comes while one is under way stays due.
/// </summary>
internal sealed class AlertEdits(Database database, Replica replica, TimeProvider time) : ILeased
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Marks the alerts of a story in the caller's transaction; those that wait too, since one may be on its way just now.</summary>
    public Task MarkDueAsync(DbTransaction transaction, StoryId story) =>
        transaction.Connection!.ExecuteAsync(
            "UPDATE outbox SET edit_due_at = @Now WHERE story_id = @Story AND kind = 'alert' AND state IN ('pending', 'sent') AND bundle_id IS NULL",
            new { Story = story.Value, Now = Now() },
            transaction);

    /// <summary>Marks the alerts of an event that a further story has joined, in the transaction that stores it.</summary>
    public Task MarkDueAsync(DbTransaction transaction, HappeningId happening) =>
        transaction.Connection!.ExecuteAsync(
            "UPDATE outbox SET edit_due_at = @Now WHERE event_id = @Event AND kind = 'alert' AND state IN ('pending', 'sent') AND bundle_id IS NULL",
            new { Event = happening.Value, Now = Now() },
            transaction);

    /// <summary>Takes alerts that are due for an edit, at most <paramref name="limit"/>. Those of a closed channel wait until it is well.</summary>
    public async Task<IReadOnlyList<ClaimedEdit>> ClaimDueAsync(int limit, CancellationToken cancellationToken)
    {
        var rows = await database.ClaimAsync(
            transaction => transaction.Connection!.QueryAsync<Row>(
                $"""
                UPDATE outbox SET edit_leased_until = @Until, edit_leased_by = @By, edit_attempts = edit_attempts + 1
                WHERE id IN (
                    SELECT o.id FROM outbox o
                    WHERE o.edit_due_at <= @Now AND o.edit_leased_until <= @Now AND o.state = 'sent'
                      AND NOT EXISTS (SELECT 1 FROM channel_troubles t WHERE t.channel = o.channel AND t.kind = 'closed')
                    ORDER BY o.edit_due_at, o.id LIMIT @Limit {database.SkipLocked("o")})
                RETURNING id, story_id AS StoryId, channel, reasons, message_id AS MessageId, shown_hash AS Shown, edit_due_at AS DueAt, edit_attempts AS Attempts
                """,
                new { Now = Now(), Until = Now() + (long)Lease.TotalMilliseconds, By = replica.Id, Limit = limit },
                transaction),
            cancellationToken);
        return [.. rows.Select(r => r.ToClaimed())];
    }

    public Task ReleaseAsync(DbTransaction transaction, IReadOnlyCollection<string>? replicas) => transaction.Connection!.ExecuteAsync(
        $"""
        UPDATE outbox SET edit_leased_until = 0, edit_leased_by = NULL
        WHERE id IN (SELECT o.id FROM outbox o WHERE {(replicas is null ? "o.edit_due_at IS NOT NULL" : "o.edit_leased_by IN @replicas")} {database.SkipLocked("o")})
        """,
        new { replicas },
        transaction);

    /// <summary>The message shows this card now.</summary>
    public Task MarkShownAsync(ClaimedEdit edit, string shown, CancellationToken cancellationToken) =>
        SettleAsync(edit, null, "edit_attempts = 0, shown_hash = @Shown,", shown, shown == edit.Shown ? null : ("edited", null), cancellationToken);

    /// <summary>There is nothing more to do: the message is gone, or it was tried for too long.</summary>
    public Task LetGoAsync(ClaimedEdit edit, string why, CancellationToken cancellationToken) =>
        SettleAsync(edit, null, "edit_attempts = 0, shown_hash = NULL,", null, ("stays as it is", why), cancellationToken);

    public Task RetryAsync(ClaimedEdit edit, TimeSpan delay, CancellationToken cancellationToken) =>
        SettleAsync(edit, delay, "", null, null, cancellationToken);

    /// <summary>Waits because the platform asked for it: nothing was done, and that is no failed attempt.</summary>
    public Task DeferAsync(ClaimedEdit edit, TimeSpan delay, CancellationToken cancellationToken) =>
        SettleAsync(edit, delay, "edit_attempts = edit_attempts - 1,", null, null, cancellationToken);

    /// <summary>Waits while the platform as a whole is in trouble: that is no failed attempt, but it may have been done.</summary>
    public Task DeferUnknownAsync(ClaimedEdit edit, TimeSpan delay, CancellationToken cancellationToken) =>
        SettleAsync(edit, delay, "edit_attempts = edit_attempts - 1, shown_hash = NULL,", null, null, cancellationToken);

    /// <param name="delay">Until it is due again; null if it is done.</param>
    /// <param name="news">What the ledger says of it.</param>
    private Task SettleAsync(ClaimedEdit edit, TimeSpan? delay, string assignments, string? shown, (string What, string? Why)? news, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(
                    $"""
                    UPDATE outbox SET {assignments} edit_leased_until = 0, edit_leased_by = NULL, edit_due_at = CASE WHEN edit_due_at = @DueAt THEN @Next ELSE edit_due_at END
                    WHERE id = @Id
                    """,
                    new { Id = edit.Id.Value, edit.DueAt, Shown = shown, Next = delay is { } wait ? Now() + (long)wait.TotalMilliseconds : (long?)null },
                    transaction);
                await (news is var (what, why) ? OutboxLog.AppendAsync(transaction, edit.Id, Now(), what, why) : Task.CompletedTask);
            },
            cancellationToken);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public long Id { get; init; }
        public long StoryId { get; init; }
        public string Channel { get; init; } = "";
        public string Reasons { get; init; } = "";
        public string MessageId { get; init; } = "";
        public string? Shown { get; init; }
        public long DueAt { get; init; }
        public int Attempts { get; init; }

        public ClaimedEdit ToClaimed() => new(
            new AlertId(Id),
            new Alert(new StoryId(StoryId), ChannelAddress.Parse(Channel), JsonSerializer.Deserialize<List<AlertReason>>(Reasons)!),
            MessageId,
            // An attempt that nobody noted the end of may have changed what it shows.
            Attempts == 1 ? Shown : null,
            DueAt,
            Attempts);
    }
}

/// <summary>An alert that this process alone may edit until its lease ends.</summary>
/// <param name="Shown">The hash of the card that it shows; null where that is not certain.</param>
/// <param name="DueAt">Tells this edit from one that comes meanwhile.</param>
/// <param name="Attempts">This one included.</param>
internal sealed record ClaimedEdit(AlertId Id, Alert Alert, string MessageId, string? Shown, long DueAt, int Attempts);
