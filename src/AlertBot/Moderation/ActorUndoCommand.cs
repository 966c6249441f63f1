using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;

namespace AlertBot.Moderation;

/// <summary>/actor undo: takes the last edit of an actor back that still holds; again, the one before it.</summary>
internal sealed class ActorUndoCommand(KnowledgeBase knowledge, ActorEdits edits, RetagPreview preview) : IChatCommand
{
    public CommandDescription Description { get; } = new("actor undo", "Take the last edit of an actor back", ActorOption.Of(knowledge, OptionKind.Rest), ApplyOption.Option)
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "actor undo kim-yung-ho",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (found, problem) = ActorOption.Find(invocation[ActorOption.Name].Trim(), knowledge, Description.Name);
        if (found is not { } actor)
        {
            return problem!;
        }

        var attempt = await edits.TryUndoAsync(actor.Slug, cancellationToken);
        var apply = ApplyOption.IsGiven(invocation) ? null : ApplyOption.LineOf(Description, (ActorOption.Name, actor.Slug));
        return await ActorChange.AskAsync(attempt, knowledge, preview, apply, cancellationToken) ?? ActorChange.Answer(
            await edits.UndoAsync(actor.Slug, ActorChange.By(invocation.User), cancellationToken),
            "Took back the last edit of",
            $"{actor.Name} stays as it is",
            new CardAction($"Edit {actor.Name}", $"/actor edit {actor.Slug}"));
    }
}
