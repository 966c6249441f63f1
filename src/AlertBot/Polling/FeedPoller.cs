using AlertBot.Feeds;
using AlertBot.Storage;
using Microsoft.Extensions.Options;

namespace AlertBot.Polling;

/// <summary>
/// Asks for the feeds that are due, as places become free: one slow host keeps one place, and the others go on. What a feed
/// brought is stored by <see cref="FeedIntake"/>; what brought nothing is gathered by <see cref="PollLedger"/>.
/// </summary>
internal sealed partial class FeedPoller(
    FeedStore feeds,
    FeedFetcher fetcher,
    FeedIntake intake,
    PollLedger ledger,
    HostPauses pauses,
    LeaseKeeper keeper,
    IOptions<FeedsOptions> options,
    TimeProvider time,
    ILogger<FeedPoller> logger)
{
    // More than are asked within a lease even by a slow bot; the rest is due still.
    private const int MostLeased = 10_000;

    /// <summary>Polls every feed that is due, and those that become due meanwhile. Ends when none is under way.</summary>
    public async Task PollDueAsync(CancellationToken cancellationToken)
    {
        var queue = new PollQueue(options.Value.PerHost, options.Value.Timeout * 2);
        var places = new List<Task>();
        try
        {
            do
            {
                await keeper.EnsureAliveAsync(cancellationToken);
                pauses.Add(await feeds.PausedBySitesAsync(cancellationToken));
                queue.Add(await feeds.LeaseDueAsync(MostLeased, cancellationToken, keeper.Alive));
                while (places.Count < options.Value.ParallelHosts && queue.HasReady)
                {
                    places.Add(PollAsync(queue, cancellationToken));
                }

                await EndOrSweepAsync(Task.WhenAll(places), cancellationToken);
                await ledger.WriteAsync(cancellationToken);
                places.RemoveAll(place => place.IsCompletedSuccessfully);
            }
            while (places.Count > 0);
        }
        finally
        {
            await Task.WhenAll(places);
            await ledger.WriteAsync(CancellationToken.None);
        }
    }

    private async Task EndOrSweepAsync(Task places, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(places, Task.Delay(options.Value.Sweep, time, ended.Token));
        await ended.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    // One place: it takes feed after feed, of whatever host has its turn.
    private async Task PollAsync(PollQueue queue, CancellationToken cancellationToken)
    {
        while (queue.Take(time.GetUtcNow()) is { } turn)
        {
            try
            {
                await PollAsync(turn, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.PollFailed(logger, exception, turn.Feed.Name);
                await FailAsync(turn.Feed, FetchFault.Own, $"a fault of the bot's own: {exception.GetType().Name}", cancellationToken);
            }
            finally
            {
                queue.Done(turn);
            }
        }
    }

    private async Task PollAsync(PollTurn turn, CancellationToken cancellationToken)
    {
        var feed = turn.Feed;
        // A host that asked for a pause is not asked for its other feeds either.
        var result = pauses.Of(turn.Host, time.GetUtcNow()) is { } until
            ? new FetchResult.RateLimited(until)
            : await fetcher.FetchAsync(feed, cancellationToken);
        if (result is FetchResult.RateLimited(var asked))
        {
            pauses.Add(turn.Host, PollSchedule.AfterPause(asked, time.GetUtcNow()));
        }

        await AcceptAsync(feed, result, cancellationToken);
    }

    private Task AcceptAsync(Feed feed, FetchResult result, CancellationToken cancellationToken) => result switch
    {
        FetchResult.Fetched fetched => ReadAsync(feed, fetched, cancellationToken),
        FetchResult.NotModified(var freshness) => ledger.AddAsync(new PolledFeed(feed, Unchanged(feed, freshness)), cancellationToken),
        FetchResult.RateLimited(var until) => ledger.AddAsync(new PolledFeed(feed, Paused(feed, until)), cancellationToken),
        FetchResult.Gone => ledger.AddAsync(
            new PolledFeed(feed, Failed(feed, FetchFault.Ended, result.Trouble!) with { Gone = true }), cancellationToken),
        FetchResult.Failed(var fault, var why) => FailAsync(feed, fault, why, cancellationToken),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    private async Task ReadAsync(Feed feed, FetchResult.Fetched fetched, CancellationToken cancellationToken)
    {
        if (await intake.TakeInAsync(feed, fetched, cancellationToken) is FeedReading.NotAFeed(var why))
        {
            await FailAsync(feed, FetchFault.NotAFeed, $"not a feed: {why}", cancellationToken);
        }
    }

    private Task FailAsync(Feed feed, FetchFault fault, string why, CancellationToken cancellationToken)
    {
        Log.FeedFailed(logger, feed.Name, why, feed.Failures + 1);
        return ledger.AddAsync(new PolledFeed(feed, Failed(feed, fault, why)), cancellationToken);
    }

    private PollOutcome Unchanged(Feed feed, TimeSpan? freshness) => new(
        PollSchedule.AfterSuccess(feed, freshness, options.Value.Limits, time.GetUtcNow()), feed.ETag, feed.LastModified, Read: false, Failures: 0, Error: null);

    private PollOutcome Failed(Feed feed, FetchFault fault, string error) => new(
        PollSchedule.AfterFailure(feed, options.Value.Limits, time.GetUtcNow()), feed.ETag, feed.LastModified, Read: false, feed.Failures + 1, error)
    {
        Fault = fault,
    };

    // A pause is no failed attempt.
    private PollOutcome Paused(Feed feed, DateTimeOffset until) =>
        Failed(feed, FetchFault.Pause, $"the site asked for a pause until {until:u}") with
        {
            NextPollAt = PollSchedule.AfterPause(until, time.GetUtcNow()),
            Failures = feed.Failures,
        };

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "{Feed} failed: {Why}. Failures in a row: {Failures}")]
        public static partial void FeedFailed(ILogger logger, string feed, string why, int failures);

        [LoggerMessage(3, LogLevel.Error, "Polling {Feed} failed")]
        public static partial void PollFailed(ILogger logger, Exception exception, string feed);
    }
}
