using System.Data.Common;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>What befell each message of the outbox, as far as its row does not tell it. Written in the transaction of the fact itself.</summary>
internal static class OutboxLog
{
    public static Task AppendAsync(DbTransaction transaction, AlertId id, long at, string what, string? detail) =>
        transaction.Connection!.ExecuteAsync(
            "INSERT INTO outbox_log (outbox_id, at, what, detail) VALUES (@Id, @At, @What, @Detail)", new { Id = id.Value, At = at, What = what, Detail = detail }, transaction);

    /// <summary>The same, but a message that waits on for one reason has one line, however often it is tried.</summary>
    public static Task AppendIfNewsAsync(DbTransaction transaction, ClaimedDelivery claimed, long at, string what, string why) =>
        transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO outbox_log (outbox_id, at, what, detail)
            SELECT id, @At, @What, @Why FROM outbox WHERE id = @Id AND state = 'pending' AND claimed_at = @ClaimedAt AND (last_error IS NULL OR last_error <> @Why)
            """,
            new { Id = claimed.Id.Value, claimed.ClaimedAt, At = at, What = what, Why = why },
            transaction);
}
