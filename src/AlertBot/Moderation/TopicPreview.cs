using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Tagging;

namespace AlertBot.Moderation;

/// <summary>Tells which of the newest stories of the archive a topic matches, without changing anything.</summary>
internal sealed class TopicPreview(StoryStore stories, KnowledgeBase knowledge)
{
    private const int Newest = 200;
    private const int Samples = 3;
    private const int WordsShown = 4;

    /// <param name="before">The topic as it is; null if it is new.</param>
    /// <param name="after">The topic as it shall be; null if it is to go.</param>
    public async Task<IReadOnlyList<CardBlock>> OfAsync(Topic? before, Topic? after, CancellationToken cancellationToken)
    {
        var newest = await stories.NewestAsync(Newest, cancellationToken);
        var matched = Matching(newest, after);
        var was = Matching(newest, before);
        var samples = matched.Where(m => was.TrueForAll(w => w.Story.Id != m.Story.Id)).Concat(matched).DistinctBy(m => m.Story.Id).Take(Samples).ToList();
        var (came, left) = (matched.Count(m => was.TrueForAll(w => w.Story.Id != m.Story.Id)), was.Count(w => matched.TrueForAll(m => m.Story.Id != w.Story.Id)));
        var change = before is null || after is null || came + left == 0 ? "" : $", {came} of them new and {left} no more";
        var count = $"Matches among the newest stories: {(after is null ? was : matched).Count} of {newest.Count}{change}.";
        return samples.Count == 0 ? [new CardBlock.Paragraph(count)] :
        [
            new CardBlock.Paragraph(count),
            new CardBlock.Items("Examples", [.. samples.Select(m => new CardItem(m.Story.Title, m.Story.Link, WordsOf(m.Tag), m.Story.SortedAt))]),
        ];
    }

    private List<(Story Story, Tag Tag)> Matching(IReadOnlyList<Story> newest, Topic? topic)
    {
        if (topic is null)
        {
            return [];
        }

        var tagger = new StoryTagger(new KnowledgeBase(knowledge.Actors, [topic]));
        return [.. newest.Select(story => (story, tagger.Tag(new StoryText(story.Title, story.Body, story.ClaimedAt ?? story.FirstSeenAt)).Tags.FirstOrDefault(tag => tag.Name.Kind == TagKind.Topic)!))
            .Where(match => match.Item2 is not null)];
    }

    private static string WordsOf(Tag tag) =>
        string.Join(", ", tag.Evidence.Select(evidence => $"“{evidence.Text}”").Distinct(StringComparer.OrdinalIgnoreCase).Take(WordsShown));
}
