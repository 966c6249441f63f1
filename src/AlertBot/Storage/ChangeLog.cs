using System.Data.Common;
using Dapper;

namespace AlertBot.Storage;

/// <summary>
/// What moderators changed, of everything, in the order in which it came: each change with the old and the new as JSON. Written in
/// the transaction of the change itself.
/// </summary>
internal sealed class ChangeLog(Database database, TimeProvider time)
{
    /// <summary>Those of a kind that still hold, oldest first.</summary>
    public Task<IReadOnlyList<StoredChange>> StandingAsync(string kind, CancellationToken cancellationToken) =>
        QueryAsync("WHERE kind = @Kind AND undone_at IS NULL ORDER BY id", new { Kind = kind }, cancellationToken);

    /// <summary>The last changes of one thing, newest first, those that were taken back included.</summary>
    public Task<IReadOnlyList<StoredChange>> HistoryAsync(string kind, string subject, int count, CancellationToken cancellationToken) =>
        QueryAsync("WHERE kind = @Kind AND subject = @Subject ORDER BY id DESC LIMIT @Count", new { Kind = kind, Subject = subject, Count = count }, cancellationToken);

    /// <returns>The number of the change, by which it can be taken back.</returns>
    public Task<long> AppendAsync(DbTransaction transaction, Change change) => transaction.Connection!.ExecuteScalarAsync<long>(
        """
        INSERT INTO changes (kind, subject, old_value, new_value, summary, changed_by, changed_at, channel)
        VALUES (@Kind, @Subject, @From, @To, @Summary, @By, @Now, @Channel) RETURNING id
        """,
        new { change.Kind, change.Subject, change.From, change.To, change.Summary, change.By, Now = Now(), change.Channel },
        transaction);

    public Task<long> AppendAsync(Change change, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => AppendAsync(transaction, change), cancellationToken);

    public Task MarkUndoneAsync(DbTransaction transaction, long id, string by) => transaction.Connection!.ExecuteAsync(
        "UPDATE changes SET undone_by = @By, undone_at = @Now WHERE id = @Id", new { Id = id, By = by, Now = Now() }, transaction);

    public Task MarkUndoneAsync(long id, string by, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => MarkUndoneAsync(transaction, id, by), cancellationToken);

    private async Task<IReadOnlyList<StoredChange>> QueryAsync(string which, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            $"""
            SELECT id, kind, subject, old_value AS "From", new_value AS "To", summary, changed_by AS "By", changed_at AS ChangedAt, channel, undone_by AS UndoneBy
            FROM changes {which}
            """,
            parameters);
        return [.. rows.Select(r => r.ToChange())];
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public long Id { get; init; }
        public string Kind { get; init; } = "";
        public string Subject { get; init; } = "";
        public string? From { get; init; }
        public string? To { get; init; }
        public string Summary { get; init; } = "";
        public string By { get; init; } = "";
        public long ChangedAt { get; init; }
        public string? Channel { get; init; }
        public string? UndoneBy { get; init; }

        public StoredChange ToChange() =>
            new(Id, new Change(Kind, Subject, From, To, Summary, By, Channel), DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt), UndoneBy);
    }
}

/// <param name="Kind">What kind of thing: <c>actor</c>, <c>topic</c>, <c>feed</c>.</param>
/// <param name="Subject">Which one: a slug, the number of a feed.</param>
/// <param name="From">As it was, as JSON; null where there was none.</param>
/// <param name="To">As it became, as JSON; null where it was removed.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="By">The person's name, with the id.</param>
/// <param name="Channel">Where it was said, as a channel address's text; null where nobody knows.</param>
internal sealed record Change(string Kind, string Subject, string? From, string? To, string Summary, string By, string? Channel = null);

/// <param name="UndoneBy">Null while it holds.</param>
internal sealed record StoredChange(long Id, Change Change, DateTimeOffset At, string? UndoneBy);
