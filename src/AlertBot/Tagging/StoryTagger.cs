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
    private volatile Stages _stages = new(knowledge.Current, null);

    public TaggedText Tag(StoryText story) => Tag(story, StagesOf(knowledge.Current));

    /// <summary>Reads stories as they would be read if this were known.</summary>
    public Func<StoryText, TaggedText> Trying(KnowledgeSnapshot next)
    {
        var stages = new Stages(next, StagesOf(knowledge.Current));
        return story => Tag(story, stages);
    }

    /// <summary>Whether a story would be read with the same knowledge now.</summary>
    public bool IsCurrent(TaggedText tagged) => tagged.Knowledge == knowledge.Current;

    private static TaggedText Tag(StoryText story, Stages stages)
    {
        var draft = new TaggingDraft(story);
        foreach (var stage in stages.InOrder)
        {
            stage.Apply(draft);
        }

        return new TaggedText([.. ActorTags(draft), .. draft.Topics], MentionsOf(draft), draft.Quotes) { Knowledge = stages.Knowledge, NearTopics = draft.NearTopics, Statements = draft.Statements };
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
            return _stages.Knowledge == current ? _stages : _stages = new Stages(current, _stages);
        }
    }

    private static IEnumerable<Tag> ActorTags(TaggingDraft draft) =>
        draft.Saliences.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Slug, StringComparer.Ordinal)
            .Select(pair => new Tag(
                new TagName(TagKind.Actor, pair.Key.Slug),
                pair.Value,
                [.. draft.Findings.Where(finding => finding.Counts && (finding.Actor == pair.Key || finding.Country == pair.Key)).Select(EvidenceOf).OrderBy(evidence => evidence.Section).ThenBy(evidence => evidence.Start)]));

    private static Evidence EvidenceOf(Finding finding) =>
        new(finding.Reading.Section, finding.FirstToken.Start, finding.Words, finding.Rule, finding.Reading.SentenceTextOf(finding.First)) { Candidates = finding.Candidates };

    private static List<Mention> MentionsOf(TaggingDraft draft) =>
        [.. draft.Findings.OrderBy(finding => finding.Reading.Section).ThenBy(finding => finding.First).Select(finding =>
            new Mention(finding.Reading.Section, finding.FirstToken.Start, finding.Words, finding.Counts ? finding.Actor?.Slug : null, finding.Rule) { Candidates = finding.Candidates })];

    /// <summary>The stages in their order, with tables built from one state of what is known.</summary>
    private sealed class Stages
    {
        public Stages(KnowledgeSnapshot knowledge, Stages? before)
        {
            var gazetteer = new Gazetteer(knowledge, before?.Gazetteer);
            Gazetteer = gazetteer;
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

        public Gazetteer Gazetteer { get; }

        public ITaggerStage[] InOrder { get; }
    }
}
