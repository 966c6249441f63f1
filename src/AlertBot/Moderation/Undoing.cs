using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;
using AlertBot.Storage;

namespace AlertBot.Moderation;

/// <summary>Takes a change back, or puts one in force again that was taken back; of actors it tells first what that does to the archive.</summary>
internal sealed class Undoing(IEnumerable<IReversible> kinds, ActorEdits actors, RetagPreview preview, TopicPreview topics)
{
    /// <param name="apply">The line that does it at once; null: it was said that it shall be done at once.</param>
    public async Task<Card> ReverseAsync(StoredChange change, CommandInvocation invocation, string? apply, CancellationToken cancellationToken)
    {
        var (what, refused) = (change.Stands ? "Took back" : "Put in force again", $"Change {change.Id} {(change.Stands ? "was not taken back" : "was not put in force again")}");
        if (kinds.FirstOrDefault(k => k.Kind == change.Change.Kind) is not { } kind)
        {
            return ActorChange.Refused(refused, ["A change of this kind can't be taken back: make the opposite change."]);
        }

        if (kind is CommunityStore && !invocation.User.IsModerator)
        {
            return ActorChange.Refused(refused, ["Only those who manage the server choose the moderator role: you moderate the bot by it. Ask one of them."]);
        }

        if (change.Change.Kind == ActorEdits.Kind && apply is not null
            && await ActorChange.AskAsync(await actors.TryReverseAsync(change, cancellationToken), preview, apply, cancellationToken) is { } asked)
        {
            return asked;
        }

        return await kind.ReverseAsync(change, invocation.Origin, cancellationToken) switch
        {
            Reversal.Done(var number) => Card.Answer($"{what} {change.Id}: {change.Summary}", [.. await ToldAsync(change, cancellationToken)]) with
            {
                Actions = [UndoCommand.Of(number), new CardAction("What was changed", "/audit")],
            },
            Reversal.Refused(var why) => ActorChange.Refused(refused, why),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };
    }

    private async Task<IReadOnlyList<CardBlock>> ToldAsync(StoredChange change, CancellationToken cancellationToken)
    {
        switch (change.Change.Kind)
        {
            case ActorEdits.Kind:
                var edit = ActorEdit.Of(change);
                return [new CardBlock.Facts([.. ActorChange.Facts(change.Stands ? edit.Reverse() : edit)]), new CardBlock.Paragraph(ActorChange.Consequence)];
            case TopicEdits.KindOfChange:
                var (was, became) = (TopicEdit.Of(change).From, TopicEdit.Of(change).To);
                var (from, to) = change.Stands ? (became, was) : (was, became);
                return [new CardBlock.Facts([.. TopicChange.Facts(from, to)]), .. await topics.OfAsync(from, to, cancellationToken), new CardBlock.Paragraph(ActorChange.Consequence)];
            default:
                return [];
        }
    }
}
