using AlertBot.Storage;
using Dapper;

namespace AlertBot.Knowledge;

/// <summary>
/// What moderators changed of the actors in the knowledge files, laid over them at the start and after each edit; the files
/// are never written. An edit that no longer fits the files stays stored and does nothing.
/// </summary>
internal sealed partial class ActorEdits(KnowledgeBase knowledge, Database database, TimeProvider time, ILogger<ActorEdits> logger) : IDisposable
{
    private readonly KnowledgeSnapshot _files = knowledge.Current;
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Lays the stored edits over the files. Call it once, at the start.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var (edit, why) in Apply(await StandingAsync(cancellationToken)))
        {
            Log.EditIgnored(logger, edit.Slug, edit.By, edit.At, why);
        }
    }

    public async Task<ActorEditResult> EditAsync(string slug, ActorFields fields, string by, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var actor = knowledge.FindActor(slug)!;
            var edited = fields.On(actor);
            if (ActorFields.Between(actor, edited) is not var (from, to))
            {
                return new ActorEditResult.Refused([$"{actor.Name} is like that already."]);
            }

            if (ActorRules.Faults(edited, knowledge.Actors) is { Count: > 0 } faults)
            {
                return new ActorEditResult.Refused(faults);
            }

            var standing = await StandingAsync(cancellationToken);
            var edit = new ActorEdit(0, slug, from, to, by, time.GetUtcNow(), null);
            await InsertAsync(edit, cancellationToken);
            Apply([.. standing, edit]);
            return new ActorEditResult.Done(edited, from, to);
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
            var actor = knowledge.FindActor(slug)!;
            var standing = await StandingAsync(cancellationToken);
            if (standing.LastOrDefault(e => e.Slug == slug) is not { } last)
            {
                return new ActorEditResult.Refused([$"No edit of {actor.Name} is left to take back: it is as in the files."]);
            }

            var before = standing.Where(e => e.Slug == slug && e != last).Aggregate(_files.FindActor(slug)!, (a, e) => e.To.On(a));
            if (ActorRules.Faults(before, knowledge.Actors) is { Count: > 0 } faults)
            {
                return new ActorEditResult.Refused(faults);
            }

            await MarkUndoneAsync(last.Id, by, cancellationToken);
            Apply([.. standing.Where(e => e != last)]);
            var (from, to) = ActorFields.Between(actor, before) ?? (last.To, last.From);
            return new ActorEditResult.Done(before, from, to);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>The last edits of an actor, newest first, those that were taken back included.</summary>
    public Task<IReadOnlyList<ActorEdit>> HistoryAsync(string slug, int count, CancellationToken cancellationToken) =>
        QueryAsync("WHERE slug = @Slug ORDER BY id DESC LIMIT @Count", new { Slug = slug, Count = count }, cancellationToken);

    public void Dispose() => _oneAtATime.Dispose();

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
            else if (edit.To.On(actors[at]) is var edited && ActorRules.Faults(edited, actors) is { Count: > 0 } faults)
            {
                misfits.Add((edit, string.Join(' ', faults)));
            }
            else
            {
                actors[at] = edited;
            }
        }

        knowledge.ReplaceActors(actors);
        return misfits;
    }

    private Task<IReadOnlyList<ActorEdit>> StandingAsync(CancellationToken cancellationToken) =>
        QueryAsync("WHERE undone_at IS NULL ORDER BY id", null, cancellationToken);

    private async Task<IReadOnlyList<ActorEdit>> QueryAsync(string which, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Id, string Slug, string From, string To, string By, long At, string? UndoneBy)>(
            $"SELECT id, slug, old_fields, new_fields, edited_by, edited_at, undone_by FROM actor_edits {which}", parameters);
        return [.. rows.Select(r => new ActorEdit(
            r.Id, r.Slug, ActorFields.Parse(r.From), ActorFields.Parse(r.To), r.By, DateTimeOffset.FromUnixTimeMilliseconds(r.At), r.UndoneBy))];
    }

    private Task InsertAsync(ActorEdit edit, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "INSERT INTO actor_edits (slug, old_fields, new_fields, edited_by, edited_at) VALUES (@Slug, @From, @To, @By, @Now)",
                new { edit.Slug, From = edit.From.ToJson(), To = edit.To.ToJson(), edit.By, Now = edit.At.ToUnixTimeMilliseconds() },
                transaction),
            cancellationToken);

    private Task MarkUndoneAsync(long id, string by, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "UPDATE actor_edits SET undone_by = @By, undone_at = @Now WHERE id = @Id",
                new { Id = id, By = by, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                transaction),
            cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The edit of {Slug} by {By} on {At:u} does nothing: {Why}")]
        public static partial void EditIgnored(ILogger logger, string slug, string by, DateTimeOffset at, string why);
    }
}
