using AlertBot.Alerts;
using AlertBot.Knowledge;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Search;
using AlertBot.Tagging;

namespace AlertBot.Retagging;

/// <summary>
/// Tags the archive anew whenever it was tagged with other actors and topics than are known now: newest stories first, a few
/// in each transaction, together with the note of how far it is. After a restart or a kill it goes on there. It never posts:
/// only new stories alert.
/// </summary>
internal sealed partial class Retagger(
    RetagStore states,
    KnowledgeBase knowledge,
    StoryStore stories,
    StoryTagger tagger,
    TagStore tags,
    AlertHistory alerts,
    SharedMemory memory,
    Database database,
    TimeProvider time,
    ILogger<Retagger> logger)
{
    private const int BatchSize = 50;

    /// <summary>Works until nothing is left or the time is over.</summary>
    public async Task WorkAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        await memory.RefreshAsync(cancellationToken);
        while (await StepAsync(cancellationToken) && time.GetElapsedTime(began) < most)
        {
        }
    }

    /// <summary>Does the next few stories.</summary>
    /// <returns>False if there is nothing to do now.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var known = knowledge.Current.Hash;
        var state = await states.FindAsync(cancellationToken);
        if (state?.PausedAt is not null || (state?.Knowledge == known && state.FinishedAt is not null))
        {
            return false;
        }

        if (state?.Knowledge != known)
        {
            Log.Begun(logger);
            await states.BeginAsync(known, cancellationToken);
            return true;
        }

        var batch = await stories.BehindAsync(state.Last, BatchSize, cancellationToken);
        if (batch.Count == 0)
        {
            Log.Finished(logger, state.Done.Stories, state.Done.Changed, state.Done.Alerts, state.Done.Pruned);
            await states.FinishAsync(state, cancellationToken);
            return false;
        }

        var renewed = new List<Renewed>();
        foreach (var archived in batch.Where(a => !a.IsPruned))
        {
            if (await RenewAsync(archived.Story, cancellationToken) is { } differs)
            {
                renewed.Add(differs);
            }
        }

        await WriteAsync(state, batch, renewed, cancellationToken);
        return true;
    }

    private async Task<Renewed?> RenewAsync(Story story, CancellationToken cancellationToken)
    {
        if (Tag(story) is not { } after || await tags.HasAsync(story.Id, after, cancellationToken))
        {
            return null;
        }

        var before = await tags.OfAsync(story.Id, cancellationToken);
        var isChange = TagChange.Between(before, after.Tags).Count > 0;
        return new Renewed(story, after, isChange, isChange ? await LostAlertsAsync(alerts, story.Id, before, after.Knowledge, after, cancellationToken) : 0);
    }

    private TaggedText? Tag(Story story)
    {
        try
        {
            return tagger.Tag(StoryText.Of(story));
        }
        catch (Exception exception)
        {
            // A defect that one story brings out must not hold up the others.
            Log.TagFailed(logger, exception, story.Id.Value);
            return null;
        }
    }

    /// <summary>How many shown alerts about a story its tags of before would bring, and those of now would not.</summary>
    /// <param name="known">What was known before.</param>
    public static async Task<int> LostAlertsAsync(AlertHistory alerts, StoryId story, IReadOnlyList<Tag> before, KnowledgeSnapshot known, TaggedText after, CancellationToken cancellationToken) =>
        (await alerts.ShownAsync(story, cancellationToken)).Count(a => AlertPlanner.StillWanted(a, before, known) && !AlertPlanner.StillWanted(a, after.Tags, after.Knowledge));

    private Task WriteAsync(RetagState state, IReadOnlyList<ArchivedStory> batch, IReadOnlyList<Renewed> renewed, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var (changed, lost) = (0, 0);
                foreach (var story in renewed)
                {
                    // A publisher's edit in the meantime was tagged when it came; pruning keeps the tags that there were.
                    if (await StoryStore.IsCurrentAsync(transaction, story.Story))
                    {
                        await TagStore.RecordAsync(transaction, story.Story.Id, story.Story.SortedAt, story.Tags);
                        await SearchIndex.MarkChangedAsync(transaction, [story.Story.Id]);
                        changed += story.IsChange ? 1 : 0;
                        lost += story.LostAlerts;
                    }
                }

                await RetagStore.AdvanceAsync(transaction, state, batch[^1].Place, new RetagCounts(batch.Count, changed, lost, batch.Count(a => a.IsPruned)));
            },
            cancellationToken);

    /// <param name="IsChange">Something differs that readers see, not only the words behind a tag.</param>
    private sealed record Renewed(Story Story, TaggedText Tags, bool IsChange, int LostAlerts);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "What is known has changed: the archive is tagged anew")]
        public static partial void Begun(ILogger logger);

        [LoggerMessage(2, LogLevel.Information, "The archive is tagged anew: of {Stories} stories {Changed} changed, {Alerts} past alerts would not come now, {Pruned} have no text any more")]
        public static partial void Finished(ILogger logger, long stories, long changed, long alerts, long pruned);

        [LoggerMessage(3, LogLevel.Error, "Tagging story {Story} anew failed: it keeps the tags that it has")]
        public static partial void TagFailed(ILogger logger, Exception exception, long story);
    }
}
