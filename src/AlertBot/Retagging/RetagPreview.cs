using AlertBot.Alerts;
using AlertBot.Knowledge;
using AlertBot.Stories;
using AlertBot.Tagging;

namespace AlertBot.Retagging;

/// <summary>What a change of what is known would make of the newest stories of the archive, before it is made. Writes nothing.</summary>
internal sealed class RetagPreview(StoryStore stories, StoryTagger tagger, TagStore tags, AlertHistory alerts)
{
    /// <summary>How many of the newest stories are looked at: the answer should come while somebody waits.</summary>
    public const int Newest = 2000;

    private const int MaxExamples = 3;

    public async Task<RetagForecast> OfAsync(KnowledgeSnapshot next, CancellationToken cancellationToken)
    {
        var tagThen = tagger.Trying(next);
        var newest = await stories.NewestAsync(Newest, cancellationToken);
        var (changed, lost, examples) = (0, 0, new List<StoryChange>());
        foreach (var story in newest)
        {
            var (text, stored) = (StoryText.Of(story), await tags.OfAsync(story.Id, cancellationToken));
            var after = tagThen(text);
            // Stories that wait for their turn after an earlier change differ from what is stored, and are no part of this one.
            if (TagChange.Between(stored, after.Tags).Count == 0 || tagger.Tag(text) is var before && TagChange.Between(before.Tags, after.Tags) is not { Count: > 0 } changes)
            {
                continue;
            }

            changed++;
            lost += await Retagger.LostAlertsAsync(alerts, story.Id, before.Tags, before.Knowledge, after, cancellationToken);
            if (examples.Count < MaxExamples)
            {
                examples.Add(new StoryChange(story, changes, after));
            }
        }

        return new RetagForecast(newest.Count, changed, lost, examples);
    }
}

/// <param name="Looked">How many of the newest stories were looked at.</param>
/// <param name="Changed">Those of them on which a tag comes, goes or changes its weight.</param>
/// <param name="LostAlerts">Alerts about them that none of their follows would bring any more.</param>
/// <param name="Examples">The newest of the changed ones, at most three.</param>
internal sealed record RetagForecast(int Looked, int Changed, int LostAlerts, IReadOnlyList<StoryChange> Examples);

/// <summary>What a change makes of one story.</summary>
/// <param name="After">The story as it will be tagged.</param>
internal sealed record StoryChange(Story Story, IReadOnlyList<TagChange> Changes, TaggedText After);
