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
    IEnumerable<IChatPlatform> platforms,
    IOptions<AlertsOptions> options,
    TimeProvider time,
    ILogger<DeliveryDispatcher> logger)
{
    private readonly IReadOnlyList<Lane> _lanes = [.. platforms.Select(p => new Lane(p))];
    private DateTimeOffset? _soon;

    /// <summary>The same, and waits for what becomes due before the outbox would be looked through again.</summary>
    public async Task KeepDeliveringAsync(CancellationToken cancellationToken)
    {
        await DeliverDueAsync(cancellationToken);
        while (_soon is { } soon)
        {
            await Task.Delay(soon - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken);
            await DeliverDueAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Sends until nothing is due. Channels go side by side, each in its own order: a place that becomes free is filled at once, so that
    /// a slow channel keeps no other waiting, and each platform has places of its own, so that no platform does.
    /// </summary>
    /// <returns>How many messages were shown.</returns>
    public async Task<int> DeliverDueAsync(CancellationToken cancellationToken)
    {
        var shown = 0;
        var look = Task.CompletedTask;
        _soon = null;
        try
        {
            while (true)
            {
                await keeper.EnsureAliveAsync(cancellationToken);
                await backlog.FoldAsync(cancellationToken);
                foreach (var lane in _lanes.Where(l => look.IsCompleted || l.HasRoom))
                {
                    await FillAsync(lane, cancellationToken);
                }

                if (_lanes.All(l => l.Places.Count == 0))
                {
                    return shown;
                }

                look = look.IsCompleted ? Task.Delay(options.Value.Sweep, time, cancellationToken) : look;
                await Task.WhenAny(_lanes.SelectMany(l => l.Places).Append(look));
                foreach (var lane in _lanes)
                {
                    shown += await EmptyAsync(lane);
                }
            }
        }
        finally
        {
            // What is under way ends by itself, whatever befell the others.
            await Task.WhenAll(_lanes.SelectMany(l => l.Places).Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _lanes.ToList().ForEach(l => l.Places.Clear());
        }
    }

    private async Task FillAsync(Lane lane, CancellationToken cancellationToken)
    {
        lane.HasRoom = false;
        if (lane.Platform.Rest is not null || options.Value.ParallelChannels - lane.Places.Count is not (> 0 and var free))
        {
            return;
        }

        foreach (var claimed in await outbox.ClaimDueAsync(lane.Platform.Name, free, cancellationToken))
        {
            lane.Places.Add(DeliverAsync(claimed, cancellationToken));
        }
    }

    /// <returns>How many messages were shown.</returns>
    private async Task<int> EmptyAsync(Lane lane)
    {
        var shown = 0;
        foreach (var done in lane.Places.Where(p => p.IsCompleted).ToList())
        {
            lane.Places.Remove(done);
            lane.HasRoom = true;
            var result = await done;
            shown += result is SendResult.Sent ? 1 : 0;
            if (result is SendResult.RetryAfter({ } delay, _) && delay <= options.Value.Sweep && time.GetUtcNow() + delay is var due && (_soon is null || due < _soon))
            {
                _soon = due;
            }
        }

        return shown;
    }

    private async Task<SendResult?> DeliverAsync(ClaimedDelivery claimed, CancellationToken cancellationToken)
    {
        using var lease = keeper.Hold(outbox, claimed.Id.Value);
        var (card, fault) = await ComposeAsync(claimed, cancellationToken);
        if (!lease.IsHeld)
        {
            // Another replica may send it just now.
            Log.LeaseLost(logger, claimed.Id.Value, claimed.Channel);
            return null;
        }

        var result = card is null
            ? fault!
            : await sender.SendAsync(
                new OutgoingMessage(claimed.Channel, card, claimed.Key) { MaybeShownSince = claimed.MaybeShownSince, Under = claimed.Under, ThreadName = claimed.ThreadName, Pings = claimed.Pings, Rank = claimed.Rank }, cancellationToken);
        await settler.SettleAsync(new DeliveryOutcome(claimed, result, card), cancellationToken);
        return result;
    }

    private async Task<(Card? Card, SendResult? Fault)> ComposeAsync(ClaimedDelivery claimed, CancellationToken cancellationToken)
    {
        try
        {
            return claimed switch
            {
                { Card: { } card } => (card, null),
                { Alert: { } alert, About: { } about } when await stories.FindAsync(alert.Story, cancellationToken) is { } story =>
                    (composer.ComposeDevelopment(claimed.Id, about, alert, story, await events.FindAsync(story.Id, cancellationToken), claimed.Under is not null), null),
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

    /// <summary>A platform, and what is on its way to it.</summary>
    private sealed class Lane(IChatPlatform platform)
    {
        public IChatPlatform Platform => platform;

        public HashSet<Task<SendResult?>> Places { get; } = [];

        /// <summary>A place became free since it was last looked what is due.</summary>
        public bool HasRoom { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Composing message {Message} to {Channel} failed")]
        public static partial void ComposeFailed(ILogger logger, Exception exception, long message, ChannelAddress channel);

        [LoggerMessage(2, LogLevel.Warning, "Message {Message} to {Channel} is left to the other replicas: this one was silent for too long")]
        public static partial void LeaseLost(ILogger logger, long message, ChannelAddress channel);
    }
}
