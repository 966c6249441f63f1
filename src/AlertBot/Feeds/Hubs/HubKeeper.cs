namespace AlertBot.Feeds.Hubs;

/// <summary>
/// Keeps the subscriptions at hubs: asks for those that are wanted, renews them before their lease ends, leaves the others. A hub that
/// does not confirm is asked ever more rarely; meanwhile its feed is polled like any other.
/// </summary>
internal sealed partial class HubKeeper(HubStore store, HubClient client, HubPlace place, TimeProvider time, ILogger<HubKeeper> logger)
{
    private const int Batch = 100;
    private const int Parallel = 8;
    private const int FarewellsTried = 3;

    private static readonly TimeSpan[] Ladder = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (place.CallbackStart is not { } start)
        {
            await store.ForgetAllAsync(cancellationToken);
            return;
        }

        await store.MatchFeedsAsync(start, cancellationToken);
        await store.WakeWaitingAsync(cancellationToken);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            (await store.DueAsync(Batch, cancellationToken)).GroupBy(s => s.Hub),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (hub, token) =>
            {
                foreach (var subscription in hub)
                {
                    await AskAsync(subscription, token);
                }
            });
    }

    private async Task AskAsync(HubSubscription subscription, CancellationToken cancellationToken)
    {
        if (subscription is { State: HubState.Leaving, Failures: >= FarewellsTried })
        {
            await store.ForgetAsync(subscription, cancellationToken);
            return;
        }

        // Written first: the hub may confirm before its answer to the request is here.
        await store.AskingAsync(subscription, time.GetUtcNow() + Ladder[Math.Min(subscription.Failures, Ladder.Length - 1)], cancellationToken);
        if (await client.AskAsync(subscription, cancellationToken) is { } why)
        {
            Log.Refused(logger, subscription.Hub, subscription.Topic, why);
            await store.RefusedAsync(subscription, why, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The hub {Hub} did not take a request for {Topic}: {Why}")]
        public static partial void Refused(ILogger logger, string hub, string topic, string why);
    }
}
