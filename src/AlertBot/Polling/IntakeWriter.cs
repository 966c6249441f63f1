using System.Collections.Concurrent;
using System.Data.Common;
using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Tagging;

namespace AlertBot.Polling;

/// <summary>
/// Writes what feeds brought: stories, tags, alerts and the state of the feed, all of it in one transaction or nothing. A crash
/// before the commit: nothing happened. After it: nothing is lost. Feeds that wait for the writer share the next transaction;
/// where that fails each gets one of its own, so that no feed can sink another.
/// </summary>
internal sealed class IntakeWriter(
    FeedStore feeds, IdentityStore identities, EventDesk events, StoryTagger tagger, AlertOutbox outbox, AlertEdits edits, Database database) : IDisposable
{
    // Others want to write, too, such as who sends alerts.
    private const int MostStories = 250;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ConcurrentQueue<Waiting> _waiting = [];

    public async Task WriteAsync(TakenFeed taken, CancellationToken cancellationToken)
    {
        var mine = new Waiting(taken);
        _waiting.Enqueue(mine);
        await _one.WaitAsync(cancellationToken);
        try
        {
            while (!mine.IsSettled)
            {
                await WriteWaitingAsync(cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }

        await mine.Settled;
    }

    public void Dispose() => _one.Dispose();

    private async Task WriteWaitingAsync(CancellationToken cancellationToken)
    {
        var batch = new List<Waiting>();
        for (var count = 0; count < MostStories && _waiting.TryDequeue(out var next); count += next.Taken.Admissions.Count)
        {
            batch.Add(next);
        }

        try
        {
            await CommitAsync([.. batch.Select(w => w.Taken)], cancellationToken);
            batch.ForEach(w => w.Settle());
        }
        catch (Exception exception) when (batch.Count == 1 || exception is OperationCanceledException)
        {
            batch.ForEach(w => w.Settle(exception));
        }
        catch (Exception)
        {
            foreach (var waiting in batch)
            {
                await SettleAloneAsync(waiting, cancellationToken);
            }
        }
    }

    private async Task SettleAloneAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        try
        {
            await CommitAsync([waiting.Taken], cancellationToken);
            waiting.Settle();
        }
        catch (Exception exception)
        {
            waiting.Settle(exception);
        }
    }

    private Task CommitAsync(IReadOnlyList<TakenFeed> batch, CancellationToken cancellationToken) =>
        events.PlaceAsync(
            finder => database.InTransactionAsync(
                async transaction =>
                {
                    foreach (var taken in batch)
                    {
                        foreach (var (admission, tags) in taken.Admissions)
                        {
                            // What is known may have changed since; the archive is tagged anew only with what stands in it by then.
                            var current = tags is null || tagger.IsCurrent(tags) ? tags : tagger.Tag(StoryText.Of(admission.Text!));
                            await RecordAsync(transaction, taken, admission, current, finder);
                        }

                        await IdentityStore.RecordTrustAsync(transaction, taken.Feed.Id, taken.Trust);
                    }

                    await feeds.RecordAsync(transaction, [.. batch.Select(taken => new PolledFeed(taken.Feed, taken.Outcome))]);
                },
                cancellationToken),
            cancellationToken);

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

        var placement = finder.Place(EventStore.Read(id, story));
        var happening = await EventStore.RecordAsync(transaction, id, story, placement);
        if (!placement.IsNew)
        {
            await edits.MarkDueAsync(transaction, happening);
        }

        if (AlertPlanner.Plan(id, tags, isOld ? [] : taken.Followed) is { Count: > 0 } alerts)
        {
            await outbox.EnqueueAsync(transaction, happening, alerts);
        }
    }

    private sealed class Waiting(TakenFeed taken)
    {
        private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TakenFeed Taken => taken;

        public Task Settled => _settled.Task;

        public bool IsSettled => _settled.Task.IsCompleted;

        public void Settle() => _settled.TrySetResult();

        public void Settle(Exception exception) => _settled.TrySetException(exception);
    }
}
