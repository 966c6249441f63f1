using System.Data.Common;
using Dapper;

namespace AlertBot.Storage;

/// <summary>
/// What moderators changed, of everything, in the order in which it came: each change with the old and the new as JSON. Written in
/// the transaction of the change itself.
/// </summary>
internal sealed class ChangeLog(Database database, TimeProvider time)
{
    /// <summary>The kind of an import, which brings changes of other kinds along.</summary>
    public const string OfImports = "config";

    private const string Quicker = "Somebody else was quicker: look at it again with /audit.";

    // What concerns one community alone is no other one's business; the rest belongs to all who use the installation.
    private const string IsEverybodys = "kind NOT IN ('community', 'follow', 'channel', 'config')";

    private const string LastOf = "SELECT COALESCE(MAX(id), 0) FROM changes WHERE kind IN @kinds";

    private const string Columns =
        """
        id, kind, subject, old_value AS "From", new_value AS "To", summary, changed_by AS "By", changed_at AS ChangedAt, channel,
        channel_name AS ChannelName, community, undoes, undone_by AS UndoneBy
        """;

    /// <summary>Those of a kind that still hold, oldest first.</summary>
    public Task<IReadOnlyList<StoredChange>> StandingAsync(string kind, CancellationToken cancellationToken) =>
        QueryAsync("WHERE kind = @Kind AND undone_at IS NULL AND undoes IS NULL ORDER BY id", new { Kind = kind }, cancellationToken);

    /// <summary>The last changes of one thing, newest first, those that were taken back included.</summary>
    public Task<IReadOnlyList<StoredChange>> HistoryAsync(string kind, string subject, int count, CancellationToken cancellationToken) =>
        QueryAsync("WHERE kind = @Kind AND subject = @Subject AND undoes IS NULL ORDER BY id DESC LIMIT @Count", new { Kind = kind, Subject = subject, Count = count }, cancellationToken);

    /// <summary>A change that those of a community may see; null if there is none.</summary>
    public async Task<StoredChange?> FindAsync(long id, string? community, CancellationToken cancellationToken) =>
        await SearchAsync(new ChangeQuery(community) { Id = id }, 0, 1, cancellationToken) is [var found] ? found : null;

    /// <summary>Those that fit, newest first.</summary>
    public Task<IReadOnlyList<StoredChange>> SearchAsync(ChangeQuery query, int skip, int count, CancellationToken cancellationToken) =>
        QueryAsync($"WHERE {Where(query)} ORDER BY id DESC LIMIT @Count OFFSET @Skip", Parameters(query, skip, count), cancellationToken);

    public async Task<int> CountAsync(ChangeQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM changes WHERE {Where(query)}", Parameters(query, 0, 0));
    }

    /// <returns>The number of the change, by which it can be taken back.</returns>
    public Task<long> AppendAsync(DbTransaction transaction, Change change) => transaction.Connection!.ExecuteScalarAsync<long>(
        """
        INSERT INTO changes (kind, subject, old_value, new_value, summary, changed_by, changed_at, channel, channel_name, community, undoes)
        VALUES (@Kind, @Subject, @From, @To, @Summary, @By, @Now, @Channel, @ChannelName, @Community, @Undoes) RETURNING id
        """,
        new { change.Kind, change.Subject, change.From, change.To, change.Summary, change.By, Now = Now(), change.Channel, change.ChannelName, change.Community, change.Undoes },
        transaction);

    public Task<long> AppendAsync(Change change, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => AppendAsync(transaction, change), cancellationToken);

    /// <summary>Appends a change of what held after another one.</summary>
    /// <param name="last">The last of these kinds by then.</param>
    /// <param name="alongside">Writes what belongs to it, and is given its number.</param>
    /// <returns>Null if another one of these kinds has come since: then nothing is written.</returns>
    public Task<long?> AppendAfterAsync(
        long last, IReadOnlyCollection<string> kinds, Change change, CancellationToken cancellationToken, Func<DbTransaction, long, Task>? alongside = null) =>
        database.InTransactionAsync<long?>(
            async transaction =>
            {
                if (await LastOfAsync(transaction, kinds) != last)
                {
                    return null;
                }

                var number = await AppendAsync(transaction, change);
                await (alongside?.Invoke(transaction, number) ?? Task.CompletedTask);
                return number;
            },
            cancellationToken);

    /// <summary>The number of the last change of these kinds; 0 before the first.</summary>
    public async Task<long> LastOfAsync(IReadOnlyCollection<string> kinds, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(LastOf, new { kinds });
    }

    /// <summary>What refuses a change that was made of what held before another one of these kinds came.</summary>
    public static async Task<IReadOnlyList<string>> OvertakenAsync(DbTransaction transaction, long last, IReadOnlyCollection<string> kinds) =>
        await LastOfAsync(transaction, kinds) == last ? [] : [Quicker];

    private static Task<long> LastOfAsync(DbTransaction transaction, IReadOnlyCollection<string> kinds) =>
        transaction.Connection!.ExecuteScalarAsync<long>(LastOf, new { kinds }, transaction);

    /// <summary>
    /// Takes a change back, or puts it in force again, together with what <paramref name="restore"/> writes. Refused while a later
    /// change stands on it.
    /// </summary>
    public Task<Reversal> ReverseAsync(StoredChange change, Author author, Restore restore, CancellationToken cancellationToken) =>
        database.InTransactionAsync<Reversal>(
            async transaction =>
            {
                if (await FaultsAsync(transaction, change) is { Count: > 0 } standing)
                {
                    return new Reversal.Refused(standing);
                }

                return await restore(transaction, change.Stands ? change.Change.From : change.Change.To) is { Count: > 0 } faults
                    ? new Reversal.Refused(faults)
                    : new Reversal.Done(await NoteAsync(transaction, change, author));
            },
            cancellationToken);

    /// <summary>Lets changes stand or not that belong to another one, with which they are taken back and put in force again.</summary>
    public Task SetStandingAsync(DbTransaction transaction, IReadOnlyList<long> ids, bool stands, string by) => transaction.Connection!.ExecuteAsync(
        $"UPDATE changes SET undone_by = {(stands ? "NULL, undone_at = NULL" : "@By, undone_at = @Now")} WHERE id IN @Ids", new { Ids = ids, By = by, Now = Now() }, transaction);

    /// <summary>The number of the last change of all; 0 before the first.</summary>
    public async Task<long> LastAsync(DbTransaction? transaction, CancellationToken cancellationToken)
    {
        const string Last = "SELECT COALESCE(MAX(id), 0) FROM changes";
        if (transaction is not null)
        {
            return await transaction.Connection!.ExecuteScalarAsync<long>(Last, transaction: transaction);
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(Last);
    }

    /// <summary>Of which kinds are the changes after one.</summary>
    public async Task<IReadOnlyCollection<string>> KindsAfterAsync(long id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>("SELECT DISTINCT kind FROM changes WHERE id > @id", new { id })];
    }

    /// <summary>What keeps a change from being taken back, or from being put in force again.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(StoredChange change, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await FaultsAsync(connection, null, change);
    }

    private static Task<IReadOnlyList<string>> FaultsAsync(DbTransaction transaction, StoredChange change) => FaultsAsync(transaction.Connection!, transaction, change);

    private static async Task<IReadOnlyList<string>> FaultsAsync(DbConnection connection, DbTransaction? transaction, StoredChange change)
    {
        var rows = await connection.QueryAsync<Row>(
            $"SELECT {Columns} FROM changes WHERE kind = @Kind AND subject = @Subject AND id >= @Id AND undoes IS NULL ORDER BY id",
            new { change.Change.Kind, change.Change.Subject, change.Id },
            transaction);
        var all = rows.Select(r => r.ToChange()).ToList();
        return all[0].Stands != change.Stands ? [Quicker] :
        [
            .. all.Skip(1).Where(c => c.Stands && c.Change.Meets(change.Change)).Select(StandsOn),
            .. (await GroundAsync(connection, transaction, change)).Where(c => c.Change.Subject == change.Change.Subject && c.Change.Meets(change.Change)).Select(IsGround),
        ];
    }

    /// <summary>Earlier changes of the kind that do not stand as they did when a change was made that was taken back: it can't be put in force again where it was made on them.</summary>
    public async Task<IReadOnlyList<StoredChange>> GroundAsync(StoredChange change, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await GroundAsync(connection, null, change);
    }

    private static async Task<IReadOnlyList<StoredChange>> GroundAsync(DbConnection connection, DbTransaction? transaction, StoredChange change) => change.Stands ? [] :
    [
        .. (await connection.QueryAsync<Row>(
            $"""
            SELECT {Columns} FROM changes WHERE id < @Id AND id IN (
              SELECT undoes FROM changes WHERE kind = @Kind AND id > @Id AND undoes IS NOT NULL GROUP BY undoes HAVING COUNT(*) % 2 = 1)
            ORDER BY id
            """,
            new { change.Id, change.Change.Kind },
            transaction)).Select(r => r.ToChange()),
    ];

    /// <summary>How it is told that a change was made on another one that is not as it was.</summary>
    public static string IsGround(StoredChange earlier) =>
        $"It was made on what was before, and that is no longer so: {earlier} {(earlier.Stands ? "is in force again" : "was taken back")}. Make the change anew.";

    /// <summary>How it is told that another change has to be taken back first.</summary>
    public static string StandsOn(StoredChange later) => $"A later change stands on it: {later}. Take that back first, with /undo {later.Id}.";

    private async Task<long> NoteAsync(DbTransaction transaction, StoredChange change, Author author)
    {
        await transaction.Connection!.ExecuteAsync(
            $"""
            UPDATE changes SET undone_by = @By, undone_at = @Now WHERE undoes = @Id AND undone_at IS NULL;
            UPDATE changes SET undone_by = {(change.Stands ? "@By, undone_at = @Now" : "NULL, undone_at = NULL")} WHERE id = @Id
            """,
            new { change.Id, author.By, Now = Now() },
            transaction);
        var (kind, subject) = (change.Change.Kind, change.Change.Subject);
        return await AppendAsync(
            transaction,
            author.Changed(kind, subject, null, null, $"{(change.Stands ? "Took back" : "Put in force again")} {change.Id}: {change.Summary}") with { Undoes = change.Id });
    }

    private static string Where(ChangeQuery query) => string.Join(
        " AND ",
        new[]
        {
            $"({IsEverybodys} OR community = @Community OR (community IS NULL AND @Community IS NULL))",
            query.Id is null ? null : "id = @Id",
            query.Kind is null ? null : "kind = @Kind",
            query.Subject is null ? null : "(LOWER(subject) LIKE @Subject ESCAPE '\\' OR LOWER(summary) LIKE @Subject ESCAPE '\\')",
            query.By is null ? null : "LOWER(changed_by) LIKE @By ESCAPE '\\'",
            query.Since is null ? null : "changed_at >= @Since",
        }.OfType<string>());

    private static object Parameters(ChangeQuery query, int skip, int count) => new
    {
        query.Community, query.Id, query.Kind, Subject = Part(query.Subject), By = Part(query.By), Since = query.Since?.ToUnixTimeMilliseconds(), Skip = skip, Count = count,
    };

    private static string? Part(string? text) =>
        text is null ? null : $"%{text.ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    private async Task<IReadOnlyList<StoredChange>> QueryAsync(string which, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>($"SELECT {Columns} FROM changes {which}", parameters)).Select(r => r.ToChange())];
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
        public string? ChannelName { get; init; }
        public string? Community { get; init; }
        public long? Undoes { get; init; }
        public string? UndoneBy { get; init; }

        public StoredChange ToChange() => new(
            Id,
            new Change(Kind, Subject, From, To, Summary, By, Channel) { ChannelName = ChannelName, Community = Community, Undoes = Undoes },
            DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt),
            UndoneBy);
    }
}

/// <summary>Which changes are looked for. What is null is left open.</summary>
/// <param name="Community">Of the one who looks: what concerns another community alone is not shown.</param>
internal sealed record ChangeQuery(string? Community)
{
    public long? Id { get; init; }

    public string? Kind { get; init; }

    /// <summary>A part of the subject or of the line for people.</summary>
    public string? Subject { get; init; }

    /// <summary>A part of the person's name or id.</summary>
    public string? By { get; init; }

    public DateTimeOffset? Since { get; init; }
}
