using AlertBot.Knowledge;
using AlertBot.Retagging;
using AlertBot.Storage;

namespace AlertBot.Moderation;

/// <summary>Takes changes of actors back, with what a merge moved in the archive.</summary>
internal sealed class ActorReversals(ActorEdits edits) : IReversible
{
    public string Kind => ActorEdits.Kind;

    public Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken)
    {
        var edit = ActorEdit.Of(change);
        return edits.ReverseAsync(
            change,
            author,
            transaction => edit.To?.Into is not { } into ? Task.CompletedTask
                : change.Stands ? ArchiveMerge.MoveBackAsync(transaction, change.Id, edit.Slug, into)
                : ArchiveMerge.MoveAsync(transaction, change.Id, edit.Slug, into),
            cancellationToken);
    }
}
