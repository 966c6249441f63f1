using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/topics set: changes what a topic is found by at once, without touching the knowledge files. What is left out stays.</summary>
internal sealed class TopicsSetCommand(KnowledgeBase knowledge, TopicEdits edits, TopicPreview preview) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "topics set",
        "Change a topic's name, definition, threshold or phrases; new stories are tagged with them",
        TopicOption.Of(knowledge, OptionKind.Text),
        new CommandOption(TopicOption.Name, "The new name; the old one stays if left out"),
        TopicOption.OfDefinition(),
        TopicOption.OfThreshold(),
        TopicOption.OfPhrases("All phrases, with ; between them or one on each line"))
    {
        ModeratorsOnly = true,
        Changes = true,
        AlsoTyped = "topic set",
        Example = "topics set sanctions phrases:sanctions; asset freeze; ban = 0.5 near: oligarch, bank",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (found, problem) = TopicOption.Find(invocation[TopicOption.Topic].Trim(), knowledge, "topics edit");
        if (found is not { } before)
        {
            return problem!;
        }

        var (after, unread) = TopicDraft.Read(invocation, before);
        return unread.Count > 0
            ? ActorChange.Refused($"{before.Name} was not edited", unread)
            : TopicChange.Answer(
                await edits.PutAsync(after, invocation.Origin, cancellationToken),
                "Edited",
                $"{before.Name} was not edited",
                await preview.OfAsync(before, after, cancellationToken));
    }
}
