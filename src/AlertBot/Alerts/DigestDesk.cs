using System.Data.Common;
using System.Globalization;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Subscriptions;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>
/// Closes digests: what was held for a channel and is due becomes one message, in the transaction that writes the message. Whoever comes
/// too late, or twice, finds nothing that waits; after days off all that is due is still one message.
/// </summary>
internal sealed class DigestDesk(Database database, HeldAlerts held, TimeProvider time)
{
    // Writers come one after another: none of them waits for thousands of channels.
    private const int ChannelsAtOnce = 50;

    /// <summary>Has told what is due in any channel, or has it wait on where what it depends on has changed.</summary>
    public async Task CloseDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var channels in (await DueAsync(now, cancellationToken)).Chunk(ChannelsAtOnce))
        {
            await database.InTransactionAsync(
                async transaction =>
                {
                    var settings = await ChannelSettingsStore.OfAsync(transaction, channels);
                    foreach (var channel in channels)
                    {
                        await CloseAsync(transaction, channel, settings.GetValueOrDefault(channel, ChannelSettings.Usual), now, all: false);
                    }
                },
                cancellationToken);
        }
    }

    /// <summary>Has told all that waits in a channel, whenever it is due.</summary>
    /// <returns>How many alerts that are.</returns>
    public Task<int> TellNowAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction => await CloseAsync(
                transaction, channel, (await ChannelSettingsStore.OfAsync(transaction, [channel])).GetValueOrDefault(channel, ChannelSettings.Usual), time.GetUtcNow(), all: true),
            cancellationToken);

    private async Task<IReadOnlyList<ChannelAddress>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<string>(
            $"SELECT DISTINCT channel FROM outbox WHERE {HeldAlerts.Waits} AND held_until <= @Now", new { Now = now.ToUnixTimeMilliseconds() })).Select(ChannelAddress.Parse)];
    }

    private async Task<int> CloseAsync(DbTransaction transaction, ChannelAddress channel, ChannelSettings settings, DateTimeOffset now, bool all)
    {
        var judged = await held.JudgeAsync(transaction.Connection!, transaction, channel, settings, all ? null : now, now);
        foreach (var alert in judged.Where(a => a.Unwanted is not null))
        {
            await LetGoAsync(transaction, alert, now);
        }

        var told = judged.Where(a => a.Unwanted is null && (all || a.Hold is null)).ToList();
        foreach (var alert in judged.Where(a => a.Unwanted is null && a.Hold is not null).Except(told))
        {
            await transaction.Connection!.ExecuteAsync(
                "UPDATE outbox SET held_for = @For, held_until = @Until WHERE id = @Id", new { alert.Id, alert.Hold!.For, Until = alert.Hold.Until.ToUnixTimeMilliseconds() }, transaction);
        }

        var alerts = told.Where(a => !a.IsAlone).ToList();
        // One that came in quiet hours is an alert like any other once they are over.
        IReadOnlyList<HeldAlert> alone = alerts is [{ For: Hold.Quiet }] ? told : [.. told.Where(a => a.IsAlone)];
        foreach (var alert in alone)
        {
            await HeldAlerts.ReleaseAsync(transaction, alert.Id, alert.Severity, now.ToUnixTimeMilliseconds(), alert.For == Hold.Quiet ? "the quiet hours are over" : "it is time for it");
        }

        if (alerts.Except(alone).ToList() is { Count: > 0 } together)
        {
            await TellAsync(transaction, channel, together, now.ToUnixTimeMilliseconds());
        }

        return told.Count;
    }

    private static async Task LetGoAsync(DbTransaction transaction, HeldAlert alert, DateTimeOffset now)
    {
        await transaction.Connection!.ExecuteAsync(
            "UPDATE outbox SET state = 'abandoned', last_error = @Why WHERE id = @Id", new { alert.Id, Why = $"while it was held: {alert.Unwanted}" }, transaction);
        await OutboxLog.AppendAsync(transaction, new AlertId(alert.Id), now.ToUnixTimeMilliseconds(), "let go", alert.Unwanted);
    }

    // A digest that waits for its channel takes more, unless it may have been shown: it is what it is then.
    private static async Task TellAsync(DbTransaction transaction, ChannelAddress channel, IReadOnlyList<HeldAlert> told, long now)
    {
        var connection = transaction.Connection!;
        var values = new { Channel = channel.ToString(), Severity = (int)told.Max(a => a.Severity), Now = now };
        var digest = await connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(id) FROM outbox WHERE channel = @Channel AND kind = 'digest' AND state = 'pending' AND claimed_at IS NULL AND unknown_since IS NULL", values, transaction)
            ?? await connection.ExecuteScalarAsync<long>(
                "INSERT INTO outbox (kind, rank, channel, severity, created_at, next_attempt_at) VALUES ('digest', 2, @Channel, @Severity, @Now, @Now) RETURNING id", values, transaction);
        await connection.ExecuteAsync("UPDATE outbox SET bundle_id = @Digest WHERE id = @Id", told.Select(a => new { a.Id, Digest = digest }), transaction);
        await OutboxLog.AppendAsync(transaction, new AlertId(digest), now, "closed", string.Create(CultureInfo.InvariantCulture, $"{told.Count} {(told.Count == 1 ? "alert" : "alerts")}"));
    }
}
