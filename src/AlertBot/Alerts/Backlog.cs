using System.Data.Common;
using AlertBot.Storage;
using Dapper;
using Microsoft.Extensions.Options;

namespace AlertBot.Alerts;

/// <summary>
/// Alerts that waited too long, because their platform was down or their channel closed, are told together on one card of their
/// channel, which goes where the oldest of them stood. One that may have been shown already is left alone.
/// </summary>
internal sealed class Backlog(Database database, IOptions<AlertsOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private long _next;

    /// <summary>Folds what has waited too long. It looks now and then only: nothing gets old in a moment.</summary>
    public async Task FoldAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now.ToUnixTimeMilliseconds() < Interlocked.Read(ref _next))
        {
            return;
        }

        Interlocked.Exchange(ref _next, (now + Pause).ToUnixTimeMilliseconds());
        var before = (now - options.Value.FoldAfter).ToUnixTimeMilliseconds();
        foreach (var channel in await ChannelsAsync(before, cancellationToken))
        {
            await database.InTransactionAsync(transaction => FoldAsync(transaction, channel, before, now.ToUnixTimeMilliseconds()), cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> ChannelsAsync(long before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(
            $"""
            SELECT channel FROM outbox o WHERE {Foldable} GROUP BY channel
            HAVING COUNT(*) > 1 OR EXISTS (SELECT 1 FROM outbox a WHERE a.channel = o.channel AND a.kind = 'away' AND a.state = 'pending' AND a.claimed_at IS NULL AND a.unknown_since IS NULL)
            """,
            new { Before = before })];
    }

    // Nobody can have seen it, and nobody sends it now.
    private const string Foldable = "kind IN ('alert', 'development') AND state = 'pending' AND created_at < @Before AND claimed_at IS NULL AND unknown_since IS NULL";

    private static async Task FoldAsync(DbTransaction transaction, string channel, long before, long now)
    {
        var connection = transaction.Connection!;
        var values = new { Channel = channel, Before = before, Now = now };
        // A card that nobody can have seen takes more; one that may have been shown is what it is.
        var away = await connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(id) FROM outbox WHERE channel = @Channel AND kind = 'away' AND state = 'pending' AND claimed_at IS NULL AND unknown_since IS NULL", values, transaction)
            ?? await connection.ExecuteScalarAsync<long>(
                $"""
                INSERT INTO outbox (kind, channel, rank, severity, created_at, next_attempt_at)
                SELECT 'away', @Channel, MIN(rank), MAX(severity), MIN(created_at), @Now FROM outbox WHERE channel = @Channel AND {Foldable} RETURNING id
                """,
                values,
                transaction);
        var folded = await connection.QueryAsync<long>(
            $"UPDATE outbox SET state = 'held', held_for = 'away', bundle_id = @Away WHERE channel = @Channel AND {Foldable} RETURNING id",
            new { values.Channel, values.Before, Away = away },
            transaction);
        foreach (var id in folded.ToList())
        {
            await OutboxLog.AppendAsync(transaction, new AlertId(id), now, "folded", $"it waited too long; message {away} tells it with others");
        }
    }
}
