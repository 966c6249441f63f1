using AlertBot.Platforms;
using AlertBot.Stories;
using Microsoft.Extensions.Options;

namespace AlertBot.Alerts;

/// <summary>
/// Sends what waits in the outbox. At least once by itself; the alert's id goes along as the idempotency key, so that a
/// platform that knows such keys shows it exactly once.
/// </summary>
internal sealed partial class AlertDispatcher(
    AlertOutbox outbox, StoryStore stories, AlertComposer composer, IEnumerable<IChatPlatform> platforms, IOptions<AlertsOptions> options, ILogger<AlertDispatcher> logger)
{
    private readonly Dictionary<string, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Name, StringComparer.Ordinal);

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
        var result = await SendAsync(claimed, cancellationToken);
        switch (result)
        {
            case SendResult.Sent(var messageId):
                await outbox.MarkSentAsync(claimed.Id, messageId, cancellationToken);
                return true;
            case SendResult.RetryAfter({ } delay, var why):
                await outbox.DeferAsync(claimed.Id, why, delay, cancellationToken);
                return false;
            case SendResult.RetryAfter(_, var why):
                await RetryLaterAsync(claimed, why, cancellationToken);
                return false;
            case SendResult.Unknown(var why):
                await RetryLaterAsync(claimed, why, cancellationToken);
                return false;
            case SendResult.ChannelGone(var why):
                await RefuseAsync(claimed, why, cancellationToken);
                return false;
            case SendResult.NoAccess(var why):
                await RefuseAsync(claimed, why, cancellationToken);
                return false;
            case SendResult.Rejected(var why):
                await RefuseAsync(claimed, why, cancellationToken);
                return false;
            default:
                throw new InvalidOperationException($"Unknown result {result}.");
        }
    }

    private async Task<SendResult> SendAsync(ClaimedAlert claimed, CancellationToken cancellationToken)
    {
        var alert = claimed.Alert;
        if (!_platforms.TryGetValue(alert.Channel.Platform, out var platform))
        {
            // The platform may have been switched off for a while: its alerts wait.
            return new SendResult.RetryAfter(TimeSpan.FromMinutes(10), $"no platform called {alert.Channel.Platform} is running");
        }

        if (await stories.FindAsync(alert.Story, cancellationToken) is not { } story)
        {
            return new SendResult.Rejected("the story's text was pruned");
        }

        try
        {
            return await platform.SendAsync(new OutgoingMessage(alert.Channel, composer.Compose(alert, story), $"alert-{claimed.Id}"), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A defect of one platform or one card must not hold up the others.
            Log.SendFailed(logger, exception, claimed.Id.Value, alert.Channel);
            return new SendResult.RetryAfter(null, $"a fault in sending: {exception.GetType().Name}");
        }
    }

    private async Task RetryLaterAsync(ClaimedAlert claimed, string why, CancellationToken cancellationToken)
    {
        if (RetrySchedule.After(claimed.Attempts) is { } delay)
        {
            Log.Retry(logger, claimed.Id.Value, claimed.Alert.Channel, delay, why);
            await outbox.RetryAsync(claimed.Id, why, delay, cancellationToken);
            return;
        }

        Log.Abandoned(logger, claimed.Id.Value, claimed.Alert.Channel, claimed.Attempts, why);
        await outbox.MarkAbandonedAsync(claimed.Id, why, cancellationToken);
    }

    private async Task RefuseAsync(ClaimedAlert claimed, string why, CancellationToken cancellationToken)
    {
        Log.Refused(logger, claimed.Id.Value, claimed.Alert.Channel, why);
        await outbox.MarkRefusedAsync(claimed.Id, why, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Sending alert {Alert} to {Channel} failed")]
        public static partial void SendFailed(ILogger logger, Exception exception, long alert, ChannelAddress channel);

        [LoggerMessage(2, LogLevel.Information, "Alert {Alert} to {Channel} is tried again in {Delay}: {Why}")]
        public static partial void Retry(ILogger logger, long alert, ChannelAddress channel, TimeSpan delay, string why);

        [LoggerMessage(3, LogLevel.Warning, "Alert {Alert} to {Channel} is given up after {Attempts} attempts: {Why}")]
        public static partial void Abandoned(ILogger logger, long alert, ChannelAddress channel, int attempts, string why);

        [LoggerMessage(4, LogLevel.Warning, "Alert {Alert} was refused by {Channel}: {Why}")]
        public static partial void Refused(ILogger logger, long alert, ChannelAddress channel, string why);
    }
}
