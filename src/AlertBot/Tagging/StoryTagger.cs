using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;
using AlertBot.Tagging.Stages;

namespace AlertBot.Tagging;

/// <summary>
/// Finds the actors, topics and quotes of a story. The same text, day and knowledge give the same answer; any number of
/// threads may ask at once. Each story is read with what is known when it comes.
/// </summary>
internal sealed class StoryTagger(KnowledgeBase knowledge)
{
    private readonly Lock _building = new();
    private volatile Stages _stages = new(knowledge.Current);

    public TaggedText Tag(StoryText story)
    {
        var draft = new TaggingDraft(story);
        foreach (var stage in StagesOf(knowledge.Current).InOrder)
        {
            stage.Apply(draft);
        }

        return new TaggedText([.. ActorTags(draft), .. draft.Topics], MentionsOf(draft), draft.Quotes) { NearTopics = draft.NearTopics };
    }

    private Stages StagesOf(KnowledgeSnapshot current)
    {
        var built = _stages;
        if (built.Knowledge == current)
        {
            return built;
        }

        lock (_building)
        {
            return _stages.Knowledge == current ? _stages : _stages = new Stages(current);
        }
    }

    private static IEnumerable<Tag> ActorTags(TaggingDraft draft) =>
        draft.Saliences.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Slug, StringComparer.Ordinal)
            .Select(pair => new Tag(
                new TagName(TagKind.Actor, pair.Key.Slug),
                pair.Value,
                [.. draft.Findings.Where(finding => finding.Counts && (finding.Actor == pair.Key || finding.Country == pair.Key)).Select(EvidenceOf).OrderBy(evidence => evidence.Section).ThenBy(evidence => evidence.Start)]));

    private static Evidence EvidenceOf(Finding finding) =>
        new(finding.Reading.Section, finding.FirstToken.Start, finding.Words, finding.Rule, finding.Reading.SentenceTextOf(finding.First));

    private static List<Mention> MentionsOf(TaggingDraft draft) =>
        [.. draft.Findings.OrderBy(finding => finding.Reading.Section).ThenBy(finding => finding.First).Select(finding =>
            new Mention(finding.Reading.Section, finding.FirstToken.Start, finding.Words, finding.Counts ? finding.Actor?.Slug : null, finding.Rule))];

    /// <summary>The stages in their order, with tables built from one state of what is known.</summary>
    private sealed class Stages
    {
        public Stages(KnowledgeSnapshot knowledge)
        {
            var gazetteer = new Gazetteer(knowledge);
            Knowledge = knowledge;
            InOrder =
            [
                new SectionStage(),
                new AliasStage(gazetteer),
                new PersonStage(gazetteer),
                new OfficeStage(gazetteer),
                new CountryStage(gazetteer),
                new SurnameStage(gazetteer),
                new QuoteStage(gazetteer),
                new SalienceStage(gazetteer),
                new TopicStage(gazetteer, PhraseBook.Shipped),
            ];
        }

        public KnowledgeSnapshot Knowledge { get; }

        public ITaggerStage[] InOrder { get; }
    }
}
