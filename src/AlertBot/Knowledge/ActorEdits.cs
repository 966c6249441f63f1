using System.Data.Common;
using AlertBot.Storage;

namespace AlertBot.Knowledge;

/// <summary>
/// What moderators added, changed, merged and removed of the actors, laid over the knowledge files at the start and after each edit;
/// the files are never written. An edit that no longer fits the files stays stored and does nothing.
/// </summary>
internal sealed partial class ActorEdits(KnowledgeBase knowledge, ChangeLog log, ILogger<ActorEdits> logger) : IRemembered, IDisposable
{
    public const string Kind = "actor";

    private readonly KnowledgeSnapshot _files = knowledge.Current;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private ActorOverlay _now = ActorOverlay.Of(knowledge.Current);
    private long _last = -1;

    public IReadOnlyCollection<string> Kinds { get; } = [Kind, ChangeLog.OfImports];

    /// <summary>The actors as they are.</summary>
    public ActorOverlay Now => _now;

    /// <summary>The edits that no longer fit, as of the last time that they were laid over the files.</summary>
    public IReadOnlyList<EditMisfit> Misfits { get; private set; } = [];

    /// <summary>Lays the stored edits over the files: at the start, and whenever others were stored.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await LoadStoredAsync(cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>What would come of an edit. Changes nothing.</summary>
    /// <param name="to">What shall be; null: it is removed.</param>
    public ActorEditResult Try(string slug, ActorFields? to)
    {
        var (actor, (with, faults)) = (_now.Actors.FirstOrDefault(a => a.Slug == slug), _now.With(slug, to));
        if (with is null)
        {
            return new ActorEditResult.Refused(faults);
        }

        return Differing(actor, to) is var (from, fields)
            ? new ActorEditResult.Done(to?.Name ?? actor!.Name, new ActorEdit(slug, from, fields), knowledge.Current.With(with))
            : new ActorEditResult.Refused([$"{actor!.Name} is like that already."]);
    }

    /// <param name="alongside">Writes what belongs to the edit, whose number it is given.</param>
    public async Task<ActorEditResult> EditAsync(string slug, ActorFields? to, Author author, CancellationToken cancellationToken, Func<DbTransaction, long, Task>? alongside = null)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var result = Try(slug, to);
                if (result is not ActorEditResult.Done done)
                {
                    return result;
                }

                var change = author.Changed(Kind, slug, done.Edit.From?.ToJson(), done.Edit.To?.ToJson(), Summary(done));
                if (await log.AppendAfterAsync(_last, Kinds, change, cancellationToken, alongside) is { } number)
                {
                    PutInForce(_now.With(slug, to).With!, number);
                    return done with { Number = number };
                }

                // Another process was quicker: what comes of it is looked at with that edit in force.
                await LoadStoredAsync(cancellationToken);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>What would come of taking a change back, or of putting it in force again. Changes nothing.</summary>
    public async Task<ActorEditResult> TryReverseAsync(StoredChange change, CancellationToken cancellationToken) =>
        await log.FaultsAsync(change, cancellationToken) is { Count: > 0 } faults
            ? new ActorEditResult.Refused(faults)
            : (await WithoutAsync(change, cancellationToken)).Result;

    /// <summary>Takes a change back, or puts it in force again.</summary>
    /// <param name="alongside">Writes what belongs to it.</param>
    public async Task<Reversal> ReverseAsync(StoredChange change, Author author, Func<DbTransaction, Task> alongside, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var last = await log.LastOfAsync(Kinds, cancellationToken);
            var (result, next) = await WithoutAsync(change, cancellationToken);
            var reversal = await log.ReverseAsync(
                change,
                author,
                async (transaction, _) =>
                {
                    if (result is ActorEditResult.Refused(var why))
                    {
                        return why;
                    }

                    if (await ChangeLog.OvertakenAsync(transaction, last, Kinds) is { Count: > 0 } overtaken)
                    {
                        return overtaken;
                    }

                    await alongside(transaction);
                    return [];
                },
                cancellationToken);
            if (reversal is Reversal.Done(var number))
            {
                PutInForce(next, number);
            }

            return reversal;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>The last changes of an actor, newest first, those that were taken back included.</summary>
    public Task<IReadOnlyList<StoredChange>> HistoryAsync(string slug, int count, CancellationToken cancellationToken) => log.HistoryAsync(Kind, slug, count, cancellationToken);

    /// <summary>The last change of an actor that still holds; null if it is as in the files.</summary>
    public async Task<StoredChange?> LastAsync(string slug, CancellationToken cancellationToken) =>
        (await log.StandingAsync(Kind, cancellationToken)).LastOrDefault(c => ActorEdit.Of(c).Concerns(slug));

    public void Dispose() => _oneAtATime.Dispose();

    /// <returns>What would come of it, and all actors then.</returns>
    private async Task<(ActorEditResult Result, ActorOverlay Next)> WithoutAsync(StoredChange change, CancellationToken cancellationToken)
    {
        var edit = ActorEdit.Of(change);
        var standing = await log.StandingAsync(Kind, cancellationToken);
        List<StoredChange> rest = [.. change.Stands ? standing.Where(c => c.Id != change.Id) : standing.Append(change).OrderBy(c => c.Id)];
        var (next, misfits) = ActorOverlay.Of(_files, [.. rest.Select(ActorEdit.Of)]);
        var ignored = ActorOverlay.Of(_files, [.. standing.Select(ActorEdit.Of)]).Misfits.Select(m => standing[m.Edit].Id).ToHashSet();
        List<string> faults =
        [
            .. edit.To?.Into is { } into ? rest.Where(c => c.Id > change.Id && ActorEdit.Of(c).Concerns(into)).Select(ChangeLog.StandsOn) : [],
            .. (await log.GroundAsync(change, cancellationToken)).Where(c => ActorEdit.Of(c) is var e && (e.To?.Into == edit.Slug || (edit.To?.Into is { } other && e.Concerns(other)))).Select(ChangeLog.IsGround),
            .. misfits.Where(m => !ignored.Contains(rest[m.Edit].Id)).Select(m => rest[m.Edit].Id == change.Id ? m.Why : $"{rest[m.Edit]} could not hold then: {m.Why}"),
        ];
        if (faults.Count > 0)
        {
            return (new ActorEditResult.Refused(faults), next);
        }

        var name = (next.Actors.FirstOrDefault(a => a.Slug == edit.Slug) ?? _now.Actors.FirstOrDefault(a => a.Slug == edit.Slug))?.Name ?? edit.Slug;
        return (new ActorEditResult.Done(name, change.Stands ? edit.Reverse() : edit, knowledge.Current.With(next)), next);
    }

    private static (ActorFields? From, ActorFields? To)? Differing(Actor? actor, ActorFields? to) =>
        actor is null ? (null, to) : to is null or { Into: not null } ? (ActorFields.Of(actor), to) : ActorFields.Between(actor, to.On(actor));

    private async Task LoadStoredAsync(CancellationToken cancellationToken)
    {
        var last = await log.LastOfAsync(Kinds, cancellationToken);
        if (last == _last)
        {
            return;
        }

        var standing = await log.StandingAsync(Kind, cancellationToken);
        var (now, misfits) = ActorOverlay.Of(_files, [.. standing.Select(ActorEdit.Of)]);
        PutInForce(now, last);
        Misfits = [.. misfits.Select(m => new EditMisfit(standing[m.Edit].Change.Subject, standing[m.Edit].Change.By, m.Why))];
        foreach (var (index, why) in misfits)
        {
            var edit = standing[index];
            Log.EditIgnored(logger, edit.Change.Subject, edit.Change.By, edit.At, why);
        }
    }

    /// <param name="last">The last change that they are of.</param>
    private void PutInForce(ActorOverlay next, long last)
    {
        (_now, _last) = (next, last);
        knowledge.Replace(next);
    }

    private string Summary(ActorEditResult.Done done) => done.Edit switch
    {
        { From: null } => $"Added {done.Name}",
        { To: null } => $"Removed {done.Name}",
        { To.Into: { } into } => $"Merged {done.Name} into {knowledge.FindActor(into)?.Name}",
        _ => $"Edited {done.Name}",
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The edit of {Slug} by {By} on {At:u} does nothing: {Why}")]
        public static partial void EditIgnored(ILogger logger, string slug, string by, DateTimeOffset at, string why);
    }
}
