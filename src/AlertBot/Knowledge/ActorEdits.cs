using AlertBot.Storage;

namespace AlertBot.Knowledge;

/// <summary>
/// What moderators changed of the actors in the knowledge files, laid over them at the start and after each edit; the files
/// are never written. An edit that no longer fits the files stays stored and does nothing.
/// </summary>
internal sealed partial class ActorEdits(KnowledgeBase knowledge, ChangeLog log, TimeProvider time, ILogger<ActorEdits> logger) : IDisposable
{
    private const string Kind = "actor";

    private readonly KnowledgeSnapshot _files = knowledge.Current;
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>The edits that no longer fit, as of the last time that they were laid over the files.</summary>
    public IReadOnlyList<EditMisfit> Misfits { get; private set; } = [];

    /// <summary>Lays the stored edits over the files. Call it once, at the start.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var (edit, why) in Apply(await StandingAsync(cancellationToken)))
        {
            Log.EditIgnored(logger, edit.Slug, edit.By, edit.At, why);
        }
    }

    /// <summary>What would come of an edit. Changes nothing.</summary>
    public ActorEditResult Try(string slug, ActorFields fields)
    {
        var actor = knowledge.FindActor(slug)!;
        var edited = fields.On(actor);
        return ActorFields.Between(actor, edited) is not var (from, to) ? new ActorEditResult.Refused([$"{actor.Name} is like that already."])
            : ActorRules.Faults(edited, knowledge.Actors, _files) is { Count: > 0 } faults ? new ActorEditResult.Refused(faults)
            : new ActorEditResult.Done(edited, from, to);
    }

    /// <summary>What would come of taking the last edit of an actor back. Changes nothing.</summary>
    public async Task<ActorEditResult> TryUndoAsync(string slug, CancellationToken cancellationToken) => TryUndo(slug, await StandingAsync(cancellationToken)).Result;

    public async Task<ActorEditResult> EditAsync(string slug, ActorFields fields, string by, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var result = Try(slug, fields);
            if (result is ActorEditResult.Done(var edited, var from, var to))
            {
                var standing = await StandingAsync(cancellationToken);
                var edit = new ActorEdit(0, slug, from, to, by, time.GetUtcNow(), null);
                await log.AppendAsync(new Change(Kind, slug, edit.From.ToJson(), edit.To.ToJson(), $"Edited {edited.Name}", by), cancellationToken);
                Apply([.. standing, edit]);
            }

            return result;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Takes the last edit of an actor back that still holds.</summary>
    public async Task<ActorEditResult> UndoAsync(string slug, string by, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var standing = await StandingAsync(cancellationToken);
            var (result, last) = TryUndo(slug, standing);
            if (last is not null && result is ActorEditResult.Done)
            {
                await log.MarkUndoneAsync(last.Id, by, cancellationToken);
                Apply([.. standing.Where(e => e != last)]);
            }

            return result;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>The last edits of an actor, newest first, those that were taken back included.</summary>
    public async Task<IReadOnlyList<ActorEdit>> HistoryAsync(string slug, int count, CancellationToken cancellationToken) =>
        [.. (await log.HistoryAsync(Kind, slug, count, cancellationToken)).Select(Read)];

    public void Dispose() => _oneAtATime.Dispose();

    /// <returns>What would come of it, and the edit that it is about.</returns>
    private (ActorEditResult Result, ActorEdit? Last) TryUndo(string slug, IReadOnlyList<ActorEdit> standing)
    {
        var actor = knowledge.FindActor(slug)!;
        if (standing.LastOrDefault(e => e.Slug == slug) is not { } last)
        {
            return (new ActorEditResult.Refused([$"No edit of {actor.Name} is left to take back: it is as in the files."]), null);
        }

        var before = standing.Where(e => e.Slug == slug && e != last).Aggregate(_files.FindActor(slug)!, (a, e) => e.To.On(a));
        var (from, to) = ActorFields.Between(actor, before) ?? (last.To, last.From);
        return (ActorRules.Faults(before, knowledge.Actors, _files) is { Count: > 0 } faults ? new ActorEditResult.Refused(faults) : new ActorEditResult.Done(before, from, to), last);
    }

    /// <returns>The edits that do not fit, each with the reason.</returns>
    private List<(ActorEdit Edit, string Why)> Apply(IReadOnlyList<ActorEdit> standing)
    {
        var misfits = new List<(ActorEdit, string)>();
        var actors = _files.Actors.ToList();
        foreach (var edit in standing)
        {
            var at = actors.FindIndex(a => a.Slug == edit.Slug);
            if (at < 0)
            {
                misfits.Add((edit, "the files have no such actor"));
            }
            else if (edit.To.On(actors[at]) is var edited && ActorRules.Faults(edited, actors, _files) is { Count: > 0 } faults)
            {
                misfits.Add((edit, string.Join(' ', faults)));
            }
            else
            {
                actors[at] = edited;
            }
        }

        knowledge.ReplaceActors(actors);
        Misfits = [.. misfits.Select(m => new EditMisfit(m.Item1.Slug, m.Item1.By, m.Item2))];
        return misfits;
    }

    private async Task<IReadOnlyList<ActorEdit>> StandingAsync(CancellationToken cancellationToken) => [.. (await log.StandingAsync(Kind, cancellationToken)).Select(Read)];

    private static ActorEdit Read(StoredChange e) =>
        new(e.Id, e.Change.Subject, ActorFields.Parse(e.Change.From!), ActorFields.Parse(e.Change.To!), e.Change.By, e.At, e.UndoneBy);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The edit of {Slug} by {By} on {At:u} does nothing: {Why}")]
        public static partial void EditIgnored(ILogger logger, string slug, string by, DateTimeOffset at, string why);
    }
}
