using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using Microsoft.Extensions.Options;

namespace AlertBot.Alerts;

/// <summary>
/// Sends what waits in the outbox. At least once by itself; the message's key goes along as the idempotency key, and with it
/// since when an earlier attempt may have shown it, so that a platform can show it exactly once.
/// </summary>
internal sealed partial class DeliveryDispatcher(
    Outbox outbox,
    StoryStore stories,
    EventStore events,
    AlertComposer composer,
    BundleComposer bundles,
    MessageSender sender,
    DeliverySettler settler,
    Backlog backlog,
    LeaseKeeper keeper,
    IOptions<AlertsOptions> options,
    ILogger<DeliveryDispatcher> logger)
{
    /// <summary>Sends until nothing is due. Channels go side by side, each in its own order: a place that becomes free is filled at once, so that a slow channel keeps no other waiting.</summary>
    /// <returns>How many messages were shown.</returns>
    public async Task<int> DeliverDueAsync(CancellationToken cancellationToken)
    {
        var shown = 0;
        var places = new HashSet<Task<bool>>();
        try
        {
            while (true)
            {
                await keeper.EnsureAliveAsync(cancellationToken);
                await backlog.FoldAsync(cancellationToken);
                foreach (var claimed in await outbox.ClaimDueAsync(options.Value.ParallelChannels - places.Count, cancellationToken))
                {
                    places.Add(DeliverAsync(claimed, cancellationToken));
                }

                if (places.Count == 0)
                {
                    return shown;
                }

                await Task.WhenAny(places);
                foreach (var done in places.Where(p => p.IsCompleted).ToList())
                {
                    places.Remove(done);
                    shown += await done ? 1 : 0;
                }
            }
        }
        finally
        {
            // What is under way ends by itself, whatever befell the others.
            await Task.WhenAll(places.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> DeliverAsync(ClaimedDelivery claimed, CancellationToken cancellationToken)
    {
        using var lease = keeper.Hold(outbox, claimed.Id.Value);
        var (card, fault) = await ComposeAsync(claimed, cancellationToken);
        if (!lease.IsHeld)
        {
            // Another replica may send it just now.
            Log.LeaseLost(logger, claimed.Id.Value, claimed.Channel);
            return false;
        }

        var result = card is null
            ? fault!
            : await sender.SendAsync(new OutgoingMessage(claimed.Channel, card, claimed.Key) { MaybeShownSince = claimed.MaybeShownSince, Under = claimed.Under }, cancellationToken);
        await settler.SettleAsync(new DeliveryOutcome(claimed, result, card), cancellationToken);
        return result is SendResult.Sent;
    }

    private async Task<(Card? Card, SendResult? Fault)> ComposeAsync(ClaimedDelivery claimed, CancellationToken cancellationToken)
    {
        try
        {
            return claimed switch
            {
                { Card: { } card } => (card, null),
                { Alert: { } alert } when await stories.FindAsync(alert.Story, cancellationToken) is { } story =>
                    (composer.Compose(claimed.Id, alert, story, await events.FindAsync(story.Id, cancellationToken)), null),
                { IsBundle: true } when await bundles.ComposeAsync(claimed, cancellationToken) is { } card => (card, null),
                _ => (null, new SendResult.Rejected("the story's text was pruned")),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A defect of one card must not hold up the others.
            Log.ComposeFailed(logger, exception, claimed.Id.Value, claimed.Channel);
            return (null, new SendResult.RetryAfter(null, $"a fault in composing: {exception.GetType().Name}"));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Composing message {Message} to {Channel} failed")]
        public static partial void ComposeFailed(ILogger logger, Exception exception, long message, ChannelAddress channel);

        [LoggerMessage(2, LogLevel.Warning, "Message {Message} to {Channel} is left to the other replicas: this one was silent for too long")]
        public static partial void LeaseLost(ILogger logger, long message, ChannelAddress channel);
    }
}
