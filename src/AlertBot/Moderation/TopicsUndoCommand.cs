using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/topics undo: takes the last edit of a topic back that still holds, its adding or removal too; again, the one before it.</summary>
internal sealed class TopicsUndoCommand(KnowledgeBase knowledge, TopicEdits edits, Undoing undoing) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "topics undo",
        "Take the last edit of a topic back, its removal too",
        new CommandOption(TopicOption.Topic, "A topic, also one that was removed: its slug or name", OptionKind.Rest) { Required = true, Suggest = TopicOption.Of(knowledge, OptionKind.Rest).Suggest })
    {
        ModeratorsOnly = true,
        Changes = true,
        AlsoTyped = "topic undo",
        Example = "topics undo sanctions",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var typed = invocation[TopicOption.Topic].Trim();
        var (found, problem) = TopicOption.Find(typed, knowledge, Description.Name);
        if (await edits.LastAsync(found?.Slug ?? Slugs.Of(typed), cancellationToken) is not { } last)
        {
            return found is null ? problem! : ActorChange.Refused($"{found.Name} stays as it is", [$"No edit of {found.Name} is left to take back: it is as in the files."]);
        }

        return await undoing.ReverseAsync(last, invocation, null, cancellationToken);
    }
}
