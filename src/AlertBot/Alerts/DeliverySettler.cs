using System.Data.Common;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Subscriptions;

namespace AlertBot.Alerts;

/// <summary>
/// Writes down what attempts came to, and what follows for their channels: each in one transaction, many together. A channel that is
/// gone or forbids the bot is left alone at the third refusal in a row, and not before: platforms have weak moments.
/// </summary>
internal sealed partial class DeliverySettler(Outbox outbox, ChannelTroubles troubles, Database database, ILogger<DeliverySettler> logger) : IDisposable
{
    private const int MostTogether = 200;
    private const int MostStories = 50;

    // After the first and the second refusal.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2)];

    private readonly GroupCommit<DeliveryOutcome> _writer = new(MostTogether);

    public Task SettleAsync(DeliveryOutcome outcome, CancellationToken cancellationToken) => _writer.WriteAsync(outcome, CommitAsync, cancellationToken);

    public void Dispose() => _writer.Dispose();

    private Task CommitAsync(IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                foreach (var outcome in outcomes)
                {
                    await SettleAsync(transaction, outcome);
                }
            },
            cancellationToken);

    private Task SettleAsync(DbTransaction transaction, DeliveryOutcome outcome)
    {
        var (claimed, result, card) = outcome;
        return result switch
        {
            SendResult.Sent(var messageId) => NoteSentAsync(transaction, claimed, messageId, AlertComposer.HashOf(card!)),
            SendResult.RetryAfter({ } delay, var why) => outbox.DeferAsync(transaction, claimed, why, delay),
            SendResult.RetryAfter(_, var why) => RetryLaterAsync(transaction, claimed, why, outbox.RetryAsync),
            SendResult.Unknown { Delay: { } delay, Why: var why } => outbox.DeferUnknownAsync(transaction, claimed, why, delay),
            SendResult.Unknown(var why) => RetryLaterAsync(transaction, claimed, why, outbox.RetryUnknownAsync),
            // A channel is opened again sooner than a person's inbox.
            SendResult.NoAccess(var why) when claimed.IsForModerators => RetryLaterAsync(transaction, claimed, why, outbox.RetryAsync),
            SendResult.ChannelGone or SendResult.NoAccess or SendResult.Rejected when claimed.Kind == DeliveryKind.Notice => RefuseNoticeAsync(transaction, claimed, WhyOf(result)),
            SendResult.ChannelGone or SendResult.NoAccess or SendResult.Rejected when claimed.Under is not null => RefuseUnderAsync(transaction, claimed, card, result),
            SendResult.ChannelGone(var why) => TurnedAwayAsync(transaction, claimed, TroubleKind.Gone, why),
            SendResult.NoAccess(var why) => TurnedAwayAsync(transaction, claimed, TroubleKind.Closed, why),
            SendResult.Rejected(var why) => RefuseAsync(transaction, claimed, card, why),
            _ => throw new InvalidOperationException($"Unknown result {result}."),
        };
    }

    private async Task NoteSentAsync(DbTransaction transaction, ClaimedDelivery claimed, string messageId, string shown)
    {
        await outbox.MarkSentAsync(transaction, claimed, messageId, shown);
        await (claimed.Kind == DeliveryKind.Notice ? Task.CompletedTask : troubles.ClearAsync(transaction, claimed.Channel));
    }

    private Task RetryLaterAsync(DbTransaction transaction, ClaimedDelivery claimed, string why, Func<DbTransaction, ClaimedDelivery, string, TimeSpan, Task> retry)
    {
        if (RetrySchedule.After(claimed.Attempts) is { } delay)
        {
            Log.Retry(logger, claimed.Id.Value, claimed.Channel, delay, why);
            return retry(transaction, claimed, why, delay);
        }

        Log.Abandoned(logger, claimed.Id.Value, claimed.Channel, claimed.Attempts, why);
        return outbox.MarkAbandonedAsync(transaction, claimed, $"after {claimed.Attempts} attempts: {why}");
    }

    private async Task TurnedAwayAsync(DbTransaction transaction, ClaimedDelivery claimed, TroubleKind kind, string why)
    {
        if (await ChannelTroubles.CountRefusalAsync(transaction, claimed.Channel) is var count && count <= Waits.Length)
        {
            Log.TurnedAway(logger, claimed.Channel, count, why);
            await outbox.DeferAsync(transaction, claimed, why, Waits[count - 1]);
            return;
        }

        var waiting = await Outbox.WaitingAsync(transaction, claimed.Channel, MostStories);
        await troubles.RecordAsync(transaction, claimed.Channel, kind, why, waiting);
        if (kind == TroubleKind.Gone)
        {
            Log.ChannelGone(logger, claimed.Channel, why);
            await Outbox.RefuseWaitingAsync(transaction, claimed.Channel, why);
        }
        else
        {
            Log.ChannelClosed(logger, claimed.Channel, why);
            await outbox.DeferAsync(transaction, claimed, why, TimeSpan.Zero);
        }
    }

    private async Task RefuseAsync(DbTransaction transaction, ClaimedDelivery claimed, Card? card, string why)
    {
        Log.Refused(logger, claimed.Id.Value, claimed.Channel, why);
        if (card is not null)
        {
            await troubles.RecordAsync(transaction, claimed.Channel, TroubleKind.Refusing, why, [new CardItem(card.Title, card.Link)]);
        }

        await outbox.MarkRefusedAsync(transaction, claimed, why);
    }

    // A thread that is closed, or gone with its alert, says nothing of the channel. Where a right is missing somebody should know.
    private Task RefuseUnderAsync(DbTransaction transaction, ClaimedDelivery claimed, Card? card, SendResult result)
    {
        var why = $"not told under alert {claimed.About}: {WhyOf(result)}";
        if (result is SendResult.NoAccess)
        {
            return RefuseAsync(transaction, claimed, card, why);
        }

        Log.Refused(logger, claimed.Id.Value, claimed.Channel, why);
        return outbox.MarkRefusedAsync(transaction, claimed, why);
    }

    private Task RefuseNoticeAsync(DbTransaction transaction, ClaimedDelivery claimed, string why)
    {
        Log.NoticeRefused(logger, claimed.Id.Value, claimed.Channel, why);
        return outbox.MarkRefusedAsync(transaction, claimed, why);
    }

    private static string WhyOf(SendResult refusal) => refusal switch
    {
        SendResult.ChannelGone(var why) => why,
        SendResult.NoAccess(var why) => why,
        SendResult.Rejected(var why) => why,
        _ => throw new InvalidOperationException($"{refusal} is no refusal."),
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Message {Message} to {Channel} is tried again in {Delay}: {Why}")]
        public static partial void Retry(ILogger logger, long message, ChannelAddress channel, TimeSpan delay, string why);

        [LoggerMessage(2, LogLevel.Warning, "Message {Message} to {Channel} is given up after {Attempts} attempts: {Why}")]
        public static partial void Abandoned(ILogger logger, long message, ChannelAddress channel, int attempts, string why);

        [LoggerMessage(3, LogLevel.Warning, "Message {Message} was refused by {Channel}: {Why}")]
        public static partial void Refused(ILogger logger, long message, ChannelAddress channel, string why);

        [LoggerMessage(4, LogLevel.Warning, "{Channel} is gone, its alerts are dropped: {Why}")]
        public static partial void ChannelGone(ILogger logger, ChannelAddress channel, string why);

        [LoggerMessage(5, LogLevel.Warning, "{Channel} is closed, its alerts wait: {Why}")]
        public static partial void ChannelClosed(ILogger logger, ChannelAddress channel, string why);

        [LoggerMessage(6, LogLevel.Information, "{Channel} turned a message away for the {Count}. time: {Why}")]
        public static partial void TurnedAway(ILogger logger, ChannelAddress channel, long count, string why);

        [LoggerMessage(7, LogLevel.Information, "Notice {Notice} was refused by {Inbox}: {Why}")]
        public static partial void NoticeRefused(ILogger logger, long notice, ChannelAddress inbox, string why);
    }
}

/// <summary>What an attempt came to.</summary>
/// <param name="Card">What was to be shown; null where nothing was sent.</param>
internal sealed record DeliveryOutcome(ClaimedDelivery Claimed, SendResult Result, Card? Card);
