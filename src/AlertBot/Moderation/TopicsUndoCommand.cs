using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/topics undo: takes the last edit of a topic back that still holds, its adding or removal too; again, the one before it.</summary>
internal sealed class TopicsUndoCommand(KnowledgeBase knowledge, TopicEdits edits, TopicPreview preview) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "topics undo",
        "Take the last edit of a topic back, its removal too",
        new CommandOption(TopicOption.Topic, "A topic, also one that was removed: its slug or name", OptionKind.Rest) { Required = true, Suggest = TopicOption.Of(knowledge, OptionKind.Rest).Suggest })
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "topics undo sanctions",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var typed = invocation[TopicOption.Topic].Trim();
        var removed = Slugs.Of(typed);
        var isRemoved = knowledge.ResolveTopics(typed).Count == 0 && (await edits.HistoryAsync(removed, 1, cancellationToken)).Count > 0;
        var (found, problem) = TopicOption.Find(typed, knowledge, Description.Name);
        if (found is null && !isRemoved)
        {
            return problem!;
        }

        var result = await edits.UndoAsync(found?.Slug ?? removed, ActorChange.By(invocation.User), cancellationToken);
        return TopicChange.Answer(
            result,
            "Took back the last edit of",
            $"{found?.Name ?? typed} stays as it is",
            result is TopicEditResult.Done(var from, var to) ? await preview.OfAsync(from, to, cancellationToken) : [],
            new CardAction("Edit it", $"/topics edit {found?.Slug ?? removed}"));
    }
}
