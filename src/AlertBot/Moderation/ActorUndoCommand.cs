using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/actor undo: takes the last change of an actor back that still holds, its adding or removal too; again, the one before it.</summary>
internal sealed class ActorUndoCommand(KnowledgeBase knowledge, ActorEdits edits, Undoing undoing) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "actor undo",
        "Take the last change of an actor back, its removal too",
        ActorOption.Of(knowledge, OptionKind.Rest) with { Summary = "An actor, also one that was removed: its slug or name" },
        ApplyOption.Option)
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "actor undo kim-yung-ho",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var typed = invocation[ActorOption.Name].Trim();
        var (found, problem) = ActorOption.Find(typed, knowledge, Description.Name);
        var slug = found?.Slug ?? Slugs.Of(typed);
        if (await edits.LastAsync(slug, cancellationToken) is not { } last)
        {
            return found is null ? problem! : ActorChange.Refused($"{found.Name} stays as it is", [$"No change of {found.Name} is left to take back: it is as in the files."]);
        }

        var apply = ApplyOption.IsGiven(invocation) ? null : ApplyOption.LineOf(Description, (ActorOption.Name, slug));
        return await undoing.ReverseAsync(last, invocation, apply, cancellationToken);
    }
}
