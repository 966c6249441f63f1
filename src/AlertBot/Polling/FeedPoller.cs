using System.Data.Common;
using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using AlertBot.Tagging;
using Microsoft.Extensions.Options;

namespace AlertBot.Polling;

/// <summary>
/// The path from feed to outbox: lease what is due, fetch, parse, identify, tag, plan, and write it all in one
/// transaction. A crash before the commit: nothing happened. After it: nothing is lost.
/// </summary>
internal sealed partial class FeedPoller(
    FeedStore feeds,
    FeedFetcher fetcher,
    StoryDesk desk,
    IdentityStore identities,
    EventDesk events,
    StoryTagger tagger,
    SubscriptionStore subscriptions,
    AlertOutbox outbox,
    AlertEdits edits,
    Database database,
    IOptions<FeedsOptions> options,
    TimeProvider time,
    ILogger<FeedPoller> logger)
{
    private const int BatchSize = 500;

    /// <summary>Polls every feed that is due: hosts side by side, the feeds of one host one after another.</summary>
    public async Task PollDueAsync(CancellationToken cancellationToken)
    {
        var due = await feeds.LeaseDueAsync(BatchSize, cancellationToken);
        await Parallel.ForEachAsync(
            due.GroupBy(f => f.Address.Authority),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.ParallelHosts, CancellationToken = cancellationToken },
            async (host, token) => await PollHostAsync(host, token));
    }

    private async Task PollHostAsync(IEnumerable<Feed> host, CancellationToken cancellationToken)
    {
        FetchResult.RateLimited? limited = null;
        foreach (var feed in host)
        {
            // A host that asked for a pause is not asked for its other feeds either.
            var result = limited ?? await fetcher.FetchAsync(feed.Address, feed.ETag, feed.LastModified, cancellationToken);
            limited = result as FetchResult.RateLimited;
            try
            {
                await AcceptAsync(feed, result, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.PollFailed(logger, exception, feed.Name);
                await RecordFailureAsync(feed, FetchFault.Own, $"a fault of the bot's own: {exception.GetType().Name}", cancellationToken);
            }
        }
    }

    private Task AcceptAsync(Feed feed, FetchResult result, CancellationToken cancellationToken) => result switch
    {
        FetchResult.Fetched fetched => ReadAsync(feed, fetched, cancellationToken),
        FetchResult.NotModified => RecordAsync(feed, Outcome(feed) with { ETag = feed.ETag, LastModified = feed.LastModified }, cancellationToken),
        FetchResult.RateLimited(var until) => RecordAsync(feed, Outcome(feed, FetchFault.Pause, $"the site asked for a pause until {until:u}") with { NextPollAt = until, Failures = feed.Failures }, cancellationToken),
        FetchResult.Gone => RecordAsync(feed, Outcome(feed, FetchFault.Ended, "410: the publisher ended this feed") with { Gone = true }, cancellationToken),
        FetchResult.Failed(var fault, var why) => RecordFailureAsync(feed, fault, why, cancellationToken),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    private async Task ReadAsync(Feed feed, FetchResult.Fetched fetched, CancellationToken cancellationToken)
    {
        switch (FeedParser.Parse(fetched.Document))
        {
            case FeedReading.NotAFeed(var why):
                await RecordFailureAsync(feed, FetchFault.NotAFeed, $"not a feed: {why}", cancellationToken);
                break;
            case FeedReading.Parsed(var document):
                await StoreAsync(feed, fetched, document, cancellationToken);
                break;
        }
    }

    private async Task StoreAsync(Feed feed, FetchResult.Fetched fetched, ParsedFeed document, CancellationToken cancellationToken)
    {
        var named = feed with { Title = feed.Title ?? document.Title };
        var intake = await desk.AdmitAsync(named, document.Entries, cancellationToken);
        var admissions = intake.Admissions;
        var tagged = admissions.Select(a => (Admission: a, Tags: TagsOf(a))).ToList();
        // A feed's first poll is its baseline: it fills the archive and alerts on nothing.
        var followed = feed.BaselineAt is null || !admissions.OfType<Admission.New>().Any() ? [] : await subscriptions.ListAwakeAsync(cancellationToken);
        var outcome = Outcome(feed) with { ETag = fetched.ETag, LastModified = fetched.LastModified, Title = named.Title, MovedTo = fetched.MovedTo, Read = true };

        if (admissions.OfType<Admission.New>().Any())
        {
            await events.PlaceAsync(WriteAsync, cancellationToken);
        }
        else
        {
            await WriteAsync(null);
        }

        Log.Polled(logger, feed.Name, admissions.Count, admissions.OfType<Admission.New>().Count(), admissions.OfType<Admission.Changed>().Count());

        Task WriteAsync(EventFinder? finder) => database.InTransactionAsync(
            async transaction =>
            {
                foreach (var (admission, tags) in tagged)
                {
                    // What is known may have changed since; the archive is tagged anew only with what stands in it by then.
                    await RecordAsync(transaction, feed, admission, tags is null || tagger.IsCurrent(tags) ? tags : TagsOf(admission), finder, followed);
                }

                await IdentityStore.RecordTrustAsync(transaction, feed.Id, intake.Trust);
                await feeds.RecordAsync(transaction, feed, outcome);
            },
            cancellationToken);
    }

    private TaggedText? TagsOf(Admission admission) => admission switch
    {
        Admission.New(_, var story) => Tag(story),
        Admission.Changed(_, var story) => Tag(story),
        _ => null,
    };

    private TaggedText Tag(Story story) => tagger.Tag(StoryText.Of(story));

    private async Task RecordAsync(DbTransaction transaction, Feed feed, Admission admission, TaggedText? tags, EventFinder? finder, IReadOnlyList<Subscription> followed)
    {
        switch (admission)
        {
            // Another feed may have stored the same story since the look-up: then it is known, and its alerts are planned.
            case Admission.New(_, var story) when await StoryStore.InsertAsync(transaction, feed.Id, story) is { } id:
                await identities.RecordAsync(transaction, feed.Id, admission.Entry, id, Recording.KeysAndHash);
                await TagStore.RecordAsync(transaction, id, story.SortedAt, tags!);
                var happening = await EventStore.RecordAsync(transaction, id, story, finder!.Place(EventStore.Read(id, story)));
                await edits.MarkDueAsync(transaction, happening);
                await outbox.EnqueueAsync(transaction, happening, AlertPlanner.Plan(id, tags!, followed));
                break;
            case Admission.Changed(_, var story):
                await StoryStore.UpdateAsync(transaction, story);
                await identities.RecordAsync(transaction, feed.Id, admission.Entry, story.Id, Recording.KeysAndHash);
                await TagStore.RecordAsync(transaction, story.Id, story.SortedAt, tags!);
                await edits.MarkDueAsync(transaction, story.Id);
                break;
            case Admission.New(_, var story):
                await identities.RecordAsync(transaction, feed.Id, admission.Entry, await IdentityStore.OwnerAsync(transaction, story.Key), Recording.KeysAndHash);
                break;
            case Admission.Known { Recording: not Recording.Nothing } known:
                await identities.RecordAsync(transaction, feed.Id, admission.Entry, known.StoryId ?? await IdentityStore.OwnerAsync(transaction, known.Twin), known.Recording);
                break;
        }
    }

    private Task RecordFailureAsync(Feed feed, FetchFault fault, string why, CancellationToken cancellationToken)
    {
        Log.FeedFailed(logger, feed.Name, why, feed.Failures + 1);
        return RecordAsync(feed, Outcome(feed, fault, why), cancellationToken);
    }

    private Task RecordAsync(Feed feed, PollOutcome outcome, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => feeds.RecordAsync(transaction, feed, outcome), cancellationToken);

    private PollOutcome Outcome(Feed feed) => new(
        time.GetUtcNow() + PollBackoff.AfterSuccess(feed.Id, feed.Interval ?? options.Value.Interval), null, null, Read: false, Failures: 0, Error: null);

    private PollOutcome Outcome(Feed feed, FetchFault fault, string error) => new(
        time.GetUtcNow() + PollBackoff.AfterFailure(feed.Failures + 1, feed.Interval ?? options.Value.Interval),
        feed.ETag, feed.LastModified, Read: false, feed.Failures + 1, error)
    {
        Fault = fault,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Read {Feed}: {Entries} entries, {New} new, {Changed} changed")]
        public static partial void Polled(ILogger logger, string feed, int entries, int @new, int changed);

        [LoggerMessage(2, LogLevel.Information, "{Feed} failed: {Why}. Failures in a row: {Failures}")]
        public static partial void FeedFailed(ILogger logger, string feed, string why, int failures);

        [LoggerMessage(3, LogLevel.Error, "Polling {Feed} failed")]
        public static partial void PollFailed(ILogger logger, Exception exception, string feed);
    }
}
