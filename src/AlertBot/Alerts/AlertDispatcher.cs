using System.Data.Common;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using Microsoft.Extensions.Options;

namespace AlertBot.Alerts;

/// <summary>
/// Sends what waits in the outbox. At least once by itself; the alert's id goes along as the idempotency key, and with it
/// since when an earlier attempt may have shown it, so that a platform can show it exactly once. What an attempt came to,
/// and what follows for its channel, is written in one transaction.
/// </summary>
internal sealed partial class AlertDispatcher(
    AlertOutbox outbox,
    StoryStore stories,
    EventStore events,
    AlertComposer composer,
    MessageSender sender,
    ChannelTroubles troubles,
    Database database,
    IOptions<AlertsOptions> options,
    ILogger<AlertDispatcher> logger)
{
    /// <summary>Sends until nothing is due. Channels go side by side, each in its own order.</summary>
    /// <returns>How many alerts were shown.</returns>
    public async Task<int> DeliverDueAsync(CancellationToken cancellationToken)
    {
        var shown = 0;
        while (await outbox.ClaimDueAsync(options.Value.ParallelChannels, cancellationToken) is { Count: > 0 } claimed)
        {
            var results = await Task.WhenAll(claimed.Select(c => DeliverAsync(c, cancellationToken)));
            shown += results.Count(sent => sent);
        }

        return shown;
    }

    private async Task<bool> DeliverAsync(ClaimedAlert claimed, CancellationToken cancellationToken)
    {
        var story = await stories.FindAsync(claimed.Alert.Story, cancellationToken);
        var (result, shown) = story is null ? (new SendResult.Rejected("the story's text was pruned"), "") : await SendAsync(claimed, story, cancellationToken);
        await database.InTransactionAsync(transaction => SettleAsync(transaction, claimed, story, shown, result), cancellationToken);
        return result is SendResult.Sent;
    }

    private async Task<(SendResult Result, string Shown)> SendAsync(ClaimedAlert claimed, Story story, CancellationToken cancellationToken)
    {
        var alert = claimed.Alert;
        var happening = await events.FindAsync(story.Id, cancellationToken);
        Card card;
        try
        {
            card = composer.Compose(claimed.Id, alert, story, happening);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A defect of one card must not hold up the others.
            Log.ComposeFailed(logger, exception, claimed.Id.Value, alert.Channel);
            return (new SendResult.RetryAfter(null, $"a fault in composing: {exception.GetType().Name}"), "");
        }

        var message = new OutgoingMessage(alert.Channel, card, $"alert-{claimed.Id}") { MaybeShownSince = claimed.MaybeShownSince };
        return (await sender.SendAsync(message, cancellationToken), AlertComposer.HashOf(card));
    }

    private Task SettleAsync(DbTransaction transaction, ClaimedAlert claimed, Story? story, string shown, SendResult result) => result switch
    {
        SendResult.Sent(var messageId) => NoteSentAsync(transaction, claimed, messageId, shown),
        SendResult.RetryAfter({ } delay, var why) => outbox.DeferAsync(transaction, claimed.Id, why, delay),
        SendResult.RetryAfter(_, var why) => RetryLaterAsync(transaction, claimed, why, outbox.RetryAsync),
        SendResult.Unknown { Delay: { } delay, Why: var why } => outbox.DeferUnknownAsync(transaction, claimed.Id, why, delay),
        SendResult.Unknown(var why) => RetryLaterAsync(transaction, claimed, why, outbox.RetryUnknownAsync),
        SendResult.ChannelGone(var why) => DropChannelAsync(transaction, claimed, why),
        SendResult.NoAccess(var why) => PauseChannelAsync(transaction, claimed, why),
        SendResult.Rejected(var why) => RefuseAsync(transaction, claimed, story, why),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    private async Task NoteSentAsync(DbTransaction transaction, ClaimedAlert claimed, string messageId, string shown)
    {
        await outbox.MarkSentAsync(transaction, claimed.Id, messageId, shown);
        await troubles.ClearAsync(transaction, claimed.Alert.Channel);
    }

    private Task RetryLaterAsync(DbTransaction transaction, ClaimedAlert claimed, string why, Func<DbTransaction, AlertId, string, TimeSpan, Task> retry)
    {
        if (RetrySchedule.After(claimed.Attempts) is { } delay)
        {
            Log.Retry(logger, claimed.Id.Value, claimed.Alert.Channel, delay, why);
            return retry(transaction, claimed.Id, why, delay);
        }

        Log.Abandoned(logger, claimed.Id.Value, claimed.Alert.Channel, claimed.Attempts, why);
        return outbox.MarkAbandonedAsync(transaction, claimed.Id, why);
    }

    private async Task DropChannelAsync(DbTransaction transaction, ClaimedAlert claimed, string why)
    {
        var channel = claimed.Alert.Channel;
        Log.ChannelGone(logger, channel, why);
        await troubles.RecordAsync(transaction, channel, TroubleKind.Gone, why, await AlertOutbox.WaitingAsync(transaction, channel));
        await AlertOutbox.RefuseWaitingAsync(transaction, channel, why);
    }

    private async Task PauseChannelAsync(DbTransaction transaction, ClaimedAlert claimed, string why)
    {
        var channel = claimed.Alert.Channel;
        Log.ChannelClosed(logger, channel, why);
        await troubles.RecordAsync(transaction, channel, TroubleKind.Closed, why, await AlertOutbox.WaitingAsync(transaction, channel));
        await outbox.DeferAsync(transaction, claimed.Id, why, TimeSpan.Zero);
    }

    private async Task RefuseAsync(DbTransaction transaction, ClaimedAlert claimed, Story? story, string why)
    {
        Log.Refused(logger, claimed.Id.Value, claimed.Alert.Channel, why);
        if (story is not null)
        {
            await troubles.RecordAsync(transaction, claimed.Alert.Channel, TroubleKind.Refusing, why, [new CardItem(story.Title, story.Link)]);
        }

        await outbox.MarkRefusedAsync(transaction, claimed.Id, why);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Alert {Alert} to {Channel} is tried again in {Delay}: {Why}")]
        public static partial void Retry(ILogger logger, long alert, ChannelAddress channel, TimeSpan delay, string why);

        [LoggerMessage(2, LogLevel.Warning, "Alert {Alert} to {Channel} is given up after {Attempts} attempts: {Why}")]
        public static partial void Abandoned(ILogger logger, long alert, ChannelAddress channel, int attempts, string why);

        [LoggerMessage(3, LogLevel.Warning, "Alert {Alert} was refused by {Channel}: {Why}")]
        public static partial void Refused(ILogger logger, long alert, ChannelAddress channel, string why);

        [LoggerMessage(4, LogLevel.Warning, "{Channel} is gone, its alerts are dropped: {Why}")]
        public static partial void ChannelGone(ILogger logger, ChannelAddress channel, string why);

        [LoggerMessage(5, LogLevel.Warning, "{Channel} is closed, its alerts wait: {Why}")]
        public static partial void ChannelClosed(ILogger logger, ChannelAddress channel, string why);

        [LoggerMessage(6, LogLevel.Error, "Composing alert {Alert} to {Channel} failed")]
        public static partial void ComposeFailed(ILogger logger, Exception exception, long alert, ChannelAddress channel);
    }
}
