using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/topics add: a topic of one's own, in force for the next story. Without phrases it shows a form.</summary>
internal sealed class TopicsAddCommand(KnowledgeBase knowledge, TopicEdits edits, TopicPreview preview) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "topics add",
        "Add a topic, in a form or at once; new stories are tagged with it",
        new CommandOption(TopicOption.Name, "What to call it"),
        TopicOption.OfDefinition(),
        TopicOption.OfThreshold(),
        TopicOption.OfPhrases("Its phrases with ; between them: rare earth; export = 0.5 near: gallium; a form asks if left out"))
    {
        ModeratorsOnly = true,
        Changes = true,
        AlsoTyped = "topic add",
        Example = "topics add \"Rare earths\" phrases:rare earth; gallium; export = 0.5 near: mineral, mine",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (draft, unread) = TopicDraft.Read(invocation, new Topic("", "", "", []));
        if (invocation.Find(TopicOption.Phrases) is null || draft.Name.Length == 0)
        {
            return Ask(draft);
        }

        var topic = draft with { Slug = Slugs.Of(draft.Name) };
        if (unread.Count > 0 || knowledge.FindTopic(topic.Slug) is not null)
        {
            return ActorChange.Refused(
                $"{topic.Name} was not added", unread.Count > 0 ? unread : [$"There is a topic {topic.Slug}: change it with /topics edit {topic.Slug}, or choose another name."]);
        }

        return TopicChange.Answer(
            await edits.PutAsync(topic, invocation.Origin, cancellationToken),
            "Added",
            $"{topic.Name} was not added",
            await preview.OfAsync(null, topic, cancellationToken));
    }

    private Card Ask(Topic draft) => Card.Answer(
        "Add a topic",
        new CardBlock.Paragraph($"Type its name and phrases: /{Description.Example}. A phrase may have a weight (= 0.5), words that must be near, words that must not (not: film), and within: story. What it would match, /topics try tells.")) with
    {
        Form = TopicDraft.Form("Add a topic", "/topics add", draft),
    };
}
