using System.Data.Common;
using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using AlertBot.Tagging;

namespace AlertBot.Polling;

/// <summary>
/// Writes what feeds brought: stories, tags, alerts and the state of the feed, all of it in one transaction or nothing. A crash
/// before the commit: nothing happened. After it: nothing is lost. Feeds that wait for the writer share the next transaction.
/// </summary>
internal sealed class IntakeWriter(
    FeedStore feeds, IdentityStore identities, EventDesk events, StoryTagger tagger, FollowMemory follows, Outbox outbox, Developments developments, AlertEdits edits, SharedMemory memory, Database database,
    TimeProvider time) : IDisposable
{
    private const int MostStories = 250;

    private readonly GroupCommit<TakenFeed> _writer = new(MostStories, taken => taken.Admissions.Count);

    public Task WriteAsync(TakenFeed taken, CancellationToken cancellationToken) => _writer.WriteAsync(taken, CommitAsync, cancellationToken);

    public void Dispose() => _writer.Dispose();

    private Task CommitAsync(IReadOnlyList<TakenFeed> batch, CancellationToken cancellationToken) =>
        events.PlaceAsync(
            async finder =>
            {
                // What is known or followed may have changed since, here or in another process; the archive is tagged anew only with what stands in it by then.
                do
                {
                    await memory.RefreshAsync(cancellationToken);
                    await follows.RefreshAsync(cancellationToken);
                }
                while (!await database.InTransactionAsync(transaction => WriteAsync(transaction, batch, finder), cancellationToken));
            },
            cancellationToken);

    /// <returns>False if something is known or followed by now that was not read yet: nothing was written.</returns>
    private async Task<bool> WriteAsync(DbTransaction transaction, IReadOnlyList<TakenFeed> batch, EventFinder finder)
    {
        if (!await memory.IsCurrentAsync(transaction) || !await follows.IsCurrentAsync(transaction))
        {
            return false;
        }

        await events.CatchUpAsync(transaction, finder);
        foreach (var taken in batch)
        {
            foreach (var (admission, tags) in taken.Admissions)
            {
                var current = tags is null || tagger.IsCurrent(tags) ? tags : tagger.Tag(StoryText.Of(admission.Text!));
                await RecordAsync(transaction, taken, admission, current, finder);
            }

            await IdentityStore.RecordTrustAsync(transaction, taken.Feed.Id, taken.Trust);
        }

        await feeds.RecordAsync(transaction, [.. batch.Select(taken => new PolledFeed(taken.Feed, taken.Outcome))]);
        return true;
    }

    private async Task RecordAsync(DbTransaction transaction, TakenFeed taken, Admission admission, TaggedText? tags, EventFinder finder)
    {
        switch (admission)
        {
            // Another feed may have stored the same story since the look-up: then it is known, and its alerts are planned.
            case Admission.New(_, var story) when await StoryStore.InsertAsync(transaction, taken.Feed.Id, story) is { } id:
                await identities.RecordAsync(transaction, taken.Feed.Id, admission.Entry, id, Recording.KeysAndHash);
                await TagStore.RecordAsync(transaction, id, story.SortedAt, tags!);
                await PlaceAsync(transaction, taken, id, story, tags!, finder);
                break;
            case Admission.Changed(_, var story):
                await StoryStore.UpdateAsync(transaction, story);
                await identities.RecordAsync(transaction, taken.Feed.Id, admission.Entry, story.Id, Recording.KeysAndHash);
                await TagStore.RecordAsync(transaction, story.Id, story.SortedAt, tags!);
                await edits.MarkDueAsync(transaction, story.Id);
                await ChangeAsync(transaction, story, tags!, finder);
                break;
            case Admission.New(_, var story):
                await identities.RecordAsync(transaction, taken.Feed.Id, admission.Entry, await IdentityStore.OwnerAsync(transaction, story.Key), Recording.KeysAndHash);
                break;
            case Admission.Known { Recording: not Recording.Nothing } known:
                await identities.RecordAsync(transaction, taken.Feed.Id, admission.Entry, known.StoryId ?? await IdentityStore.OwnerAsync(transaction, known.Twin), known.Recording);
                break;
        }
    }

    private async Task PlaceAsync(DbTransaction transaction, TakenFeed taken, StoryId id, Story story, TaggedText tags, EventFinder finder)
    {
        // Nobody is told of the old stories that a baseline brings, so they need no event.
        var isOld = taken.IsOld(story);
        if (isOld && !events.Remembers(story))
        {
            return;
        }

        var placement = events.Place(finder, id, story);
        var happening = await EventStore.RecordAsync(transaction, id, story, placement);
        if (!placement.IsNew)
        {
            await edits.MarkDueAsync(transaction, happening);
        }

        if (!isOld && AlertPlanner.Plan(id, tags, follows.Matcher, story.FirstSeenAt) is { Count: > 0 } alerts)
        {
            await outbox.EnqueueAsync(transaction, happening, alerts);
            await (Developments.IsNews(placement) ? developments.EnqueueAsync(transaction, happening, alerts) : Task.CompletedTask);
        }
    }

    private async Task ChangeAsync(DbTransaction transaction, Story story, TaggedText tags, EventFinder finder)
    {
        if (await EventDesk.ChangeAsync(transaction, finder, story) is var (happening, news) && Developments.IsNews(news) && AlertPlanner.Plan(story.Id, tags, follows.Matcher, time.GetUtcNow()) is { Count: > 0 } alerts)
        {
            await developments.EnqueueAsync(transaction, happening, alerts);
        }
    }
}
