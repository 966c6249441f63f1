using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;

namespace AlertBot.Moderation;

/// <summary>Changes an actor as a moderator asked for it: tells first what that does to the archive and what is risky, unless it shall be done at once.</summary>
internal sealed class ActorEditor(KnowledgeBase knowledge, ActorEdits edits, RetagPreview preview)
{
    /// <param name="command">The command that asks, and its options for doing the same at once.</param>
    public async Task<Card> ChangeAsync(
        CommandInvocation invocation,
        (CommandDescription Description, IEnumerable<(string Option, string Value)> Options) command,
        (string Slug, ActorFields Fields) edit,
        (string Done, string Refused) words,
        CancellationToken cancellationToken)
    {
        var attempt = edits.Try(edit.Slug, edit.Fields);
        var warnings = ActorWarnings.Of(attempt, knowledge.Current);
        var apply = ApplyOption.IsGiven(invocation) ? null : ApplyOption.LineOf(command.Description, command.Options);
        return await ActorChange.AskAsync(attempt, preview, apply, cancellationToken, warnings)
            ?? ActorChange.Answer(await edits.EditAsync(edit.Slug, edit.Fields, invocation.Origin, cancellationToken), words.Done, words.Refused, warnings);
    }
}
