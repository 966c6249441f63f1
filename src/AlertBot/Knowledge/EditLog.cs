using AlertBot.Storage;
using Dapper;

namespace AlertBot.Knowledge;

/// <summary>What moderators edited of one kind of thing, in the order in which it came: each edit with the old and the new as JSON.</summary>
/// <param name="table">Its name in the database, written in the program.</param>
/// <param name="what">What of the thing is kept: the columns are <c>old_</c> and <c>new_</c> with this behind.</param>
internal sealed class EditLog(Database database, TimeProvider time, string table, string what)
{
    /// <summary>Those that still hold, oldest first.</summary>
    public Task<IReadOnlyList<StoredEdit>> StandingAsync(CancellationToken cancellationToken) =>
        QueryAsync("WHERE undone_at IS NULL ORDER BY id", null, cancellationToken);

    /// <summary>The last edits of one thing, newest first, those that were taken back included.</summary>
    public Task<IReadOnlyList<StoredEdit>> HistoryAsync(string slug, int count, CancellationToken cancellationToken) =>
        QueryAsync("WHERE slug = @Slug ORDER BY id DESC LIMIT @Count", new { Slug = slug, Count = count }, cancellationToken);

    public Task InsertAsync(string slug, string? from, string? to, string by, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                $"INSERT INTO {table} (slug, old_{what}, new_{what}, edited_by, edited_at) VALUES (@Slug, @From, @To, @By, @At)",
                new { Slug = slug, From = from, To = to, By = by, At = at.ToUnixTimeMilliseconds() },
                transaction),
            cancellationToken);

    public Task MarkUndoneAsync(long id, string by, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                $"UPDATE {table} SET undone_by = @By, undone_at = @Now WHERE id = @Id",
                new { Id = id, By = by, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                transaction),
            cancellationToken);

    private async Task<IReadOnlyList<StoredEdit>> QueryAsync(string which, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Id, string Slug, string? From, string? To, string By, long At, string? UndoneBy)>(
            $"SELECT id, slug, old_{what}, new_{what}, edited_by, edited_at, undone_by FROM {table} {which}", parameters);
        return [.. rows.Select(r => new StoredEdit(r.Id, r.Slug, r.From, r.To, r.By, DateTimeOffset.FromUnixTimeMilliseconds(r.At), r.UndoneBy))];
    }
}

/// <param name="From">As it was, as JSON; null where there was none.</param>
/// <param name="To">As it became, as JSON; null where it was removed.</param>
/// <param name="UndoneBy">Null while it holds.</param>
internal sealed record StoredEdit(long Id, string Slug, string? From, string? To, string By, DateTimeOffset At, string? UndoneBy);
