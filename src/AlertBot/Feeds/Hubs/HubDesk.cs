namespace AlertBot.Feeds.Hubs;

/// <summary>
/// What hubs say: that a subscription stands or ends, and that there is news. Who knows a subscription's key is its hub; nothing else is
/// taken from a push than that its feed is to be polled.
/// </summary>
internal sealed partial class HubDesk(HubStore store, TimeProvider time, ILogger<HubDesk> logger)
{
    private const int KeyLength = 43;
    private const int LongestReason = 300;

    private static readonly TimeSpan ShortestLease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(90);
    private static readonly TimeSpan AfterDenial = TimeSpan.FromDays(7);

    /// <summary>A hub asks whether we want what it was asked for (verification of intent), or tells that it will not do it.</summary>
    /// <returns>Whether that is so: only then is its challenge echoed.</returns>
    public async Task<bool> VerifyAsync(string key, HubIntent intent, CancellationToken cancellationToken)
    {
        if (await FindAsync(key, cancellationToken) is not { } subscription || subscription.Topic != intent.Topic)
        {
            return false;
        }

        switch (intent.Mode, subscription.State)
        {
            case ("subscribe", not HubState.Leaving):
                var lease = LeaseOf(intent.LeaseSeconds);
                await store.ConfirmedAsync(subscription, time.GetUtcNow() + lease, time.GetUtcNow() + (lease * 0.8), cancellationToken);
                Log.Confirmed(logger, subscription.Hub, subscription.Topic, lease);
                return true;
            case ("unsubscribe", HubState.Leaving):
                await store.ForgetAsync(subscription, cancellationToken);
                return true;
            case ("denied", not HubState.Leaving):
                var why = intent.Reason is { Length: > 0 } reason ? reason.Length <= LongestReason ? reason : reason[..LongestReason] : "it gave no reason";
                await store.DeniedAsync(subscription, $"the hub will not push it: {why}", time.GetUtcNow() + AfterDenial, cancellationToken);
                Log.Denied(logger, subscription.Hub, subscription.Topic);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A hub pushed. A push with a wrong signature is ignored, which its sender is not told.</summary>
    /// <returns>Whether there is such a subscription.</returns>
    public async Task<bool> PushAsync(string key, string? signature, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (await FindAsync(key, cancellationToken) is not { State: not HubState.Leaving } subscription)
        {
            return false;
        }

        if (HubSignature.IsGood(signature, subscription.Secret, body.Span))
        {
            await store.PushedAsync(subscription, cancellationToken);
        }
        else
        {
            Log.Unsigned(logger, subscription.Topic);
        }

        return true;
    }

    private async Task<HubSubscription?> FindAsync(string key, CancellationToken cancellationToken) =>
        key.Length == KeyLength ? await store.FindAsync(key, cancellationToken) : null;

    // A hub that gives no time, or one that can't be kept, gets ours; a very short one would have the bot do nothing but renew.
    private static TimeSpan LeaseOf(long? seconds) => seconds is not > 0 ? HubClient.Lease
        : TimeSpan.FromSeconds(Math.Clamp(seconds.Value, (long)ShortestLease.TotalSeconds, (long)LongestLease.TotalSeconds));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The hub {Hub} pushes {Topic} for {Lease}")]
        public static partial void Confirmed(ILogger logger, string hub, string topic, TimeSpan lease);

        [LoggerMessage(2, LogLevel.Warning, "The hub {Hub} will not push {Topic}")]
        public static partial void Denied(ILogger logger, string hub, string topic);

        [LoggerMessage(3, LogLevel.Warning, "A push of {Topic} without the right signature was ignored")]
        public static partial void Unsigned(ILogger logger, string topic);
    }
}

/// <param name="Mode"><c>subscribe</c>, <c>unsubscribe</c> or <c>denied</c>.</param>
/// <param name="LeaseSeconds">How long the hub will push; null where it does not say.</param>
internal sealed record HubIntent(string Mode, string Topic, long? LeaseSeconds, string? Reason);
