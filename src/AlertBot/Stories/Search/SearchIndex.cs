using System.Data.Common;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Stories.Search;

/// <summary>
/// Keeps the index of words behind the archive: new stories first, then those that changed or whose text was forgotten, then what was there
/// before there was an index, from the newest to the oldest. Many stories in a transaction, since each costs less so.
/// </summary>
internal sealed class SearchIndex(Database database)
{
    /// <summary>Stories in one transaction: less than half a second. The more, the oftener they share words, which are counted once for all of them.</summary>
    private const int MostAtOnce = 4000;

    /// <summary>So many new stories are indexed before a search; with more it would keep people waiting.</summary>
    private const int FewEnough = 300;

    /// <summary>The same of stories that stand anywhere in the archive.</summary>
    private const int MostChanged = 500;

    // What is longer is told at its beginning; PostgreSQL could not hold it either.
    private const int LongestBody = 100_000;

    private const string Columns = "s.id, s.title, s.body, s.feed_id AS Feed, s.sorted_at AS SortedAt";

    /// <summary>Notes in the caller's transaction that a story is to be indexed anew. One that is not indexed yet is no matter.</summary>
    public static Task MarkChangedAsync(DbTransaction transaction, IEnumerable<StoryId> stories) => transaction.Connection!.ExecuteAsync(
        "INSERT INTO search_changes (story_id) SELECT CAST(@Id AS BIGINT) FROM search_progress WHERE @Id BETWEEN oldest_id AND newest_id ON CONFLICT (story_id) DO NOTHING",
        stories.Select(s => new { Id = s.Value }),
        transaction);

    /// <summary>Indexes what is new, if that is little; true if nothing new is left out.</summary>
    public async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var waiting = await connection.ExecuteScalarAsync<long>(
            """
            SELECT COUNT(*) FROM (
                SELECT id FROM stories WHERE id > (SELECT COALESCE(MAX(newest_id), 0) FROM search_progress) UNION ALL SELECT story_id FROM search_changes LIMIT @Most) w
            """,
            new { Most = FewEnough + 1 });
        if (waiting is > 0 and <= FewEnough)
        {
            await IndexSomeAsync(cancellationToken);
        }

        return waiting <= FewEnough;
    }

    /// <summary>Indexes all that waits.</summary>
    /// <returns>How many stories were looked at.</returns>
    public async Task<long> WorkAsync(CancellationToken cancellationToken)
    {
        var all = 0L;
        while (await IndexSomeAsync(cancellationToken) is > 0 and var done)
        {
            all += done;
        }

        return all;
    }

    /// <summary>How many stories the index has, and how many have yet to come into it.</summary>
    public async Task<(long Indexed, long Waiting)> StateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<(long, long)>(
            """
            SELECT (SELECT COUNT(*) FROM search_documents),
                (SELECT COUNT(*) FROM stories s LEFT JOIN search_progress p ON p.id = 1 WHERE s.pruned_at IS NULL AND (p.id IS NULL OR s.id > p.newest_id OR s.id < p.oldest_id))
                + (SELECT COUNT(*) FROM search_changes)
            """);
    }

    /// <summary>About how many stories the index has; ids without a story count, too. It takes no counting.</summary>
    public async Task<long> SizeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(newest_id - oldest_id + 1), 0) FROM search_progress");
    }

    private Task<int> IndexSomeAsync(CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            var (oldest, newest) = await BeginAsync(transaction);
            if (await ReadAsync(transaction, "s.id > @newest ORDER BY s.id", new { newest }) is { Count: > 0 } added)
            {
                await WriteAsync(transaction, added);
                await AdvanceAsync(transaction, oldest, added[^1].Id);
                return added.Count;
            }

            if (await ReadAsync(transaction, "s.id IN (SELECT story_id FROM search_changes ORDER BY story_id LIMIT @MostChanged) ORDER BY s.id", new { MostChanged }) is { Count: > 0 } changed)
            {
                await WriteAsync(transaction, changed);
                await transaction.Connection!.ExecuteAsync("DELETE FROM search_changes WHERE story_id = @Id", changed.Select(s => new { s.Id }), transaction);
                return changed.Count;
            }

            if (await ReadAsync(transaction, "s.id < @oldest ORDER BY s.id DESC", new { oldest }) is { Count: > 0 } before)
            {
                await WriteAsync(transaction, before);
                await AdvanceAsync(transaction, before[^1].Id, newest);
                return before.Count;
            }

            return 0;
        },
        cancellationToken);

    private static async Task<(long Oldest, long Newest)> BeginAsync(DbTransaction transaction)
    {
        var connection = transaction.Connection!;
        if (await connection.QuerySingleOrDefaultAsync<(long, long)?>("SELECT oldest_id, newest_id FROM search_progress", transaction: transaction) is { } known)
        {
            return known;
        }

        var newest = await connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(id), 0) FROM stories", transaction: transaction);
        await connection.ExecuteAsync("INSERT INTO search_progress (id, oldest_id, newest_id) VALUES (1, @Oldest, @newest)", new { Oldest = newest + 1, newest }, transaction);
        return (newest + 1, newest);
    }

    private static Task AdvanceAsync(DbTransaction transaction, long oldest, long newest) =>
        transaction.Connection!.ExecuteAsync("UPDATE search_progress SET oldest_id = @oldest, newest_id = @newest", new { oldest, newest }, transaction);

    private static async Task<IReadOnlyList<Row>> ReadAsync(DbTransaction transaction, string which, object parameters) =>
        [.. await transaction.Connection!.QueryAsync<Row>($"SELECT {Columns} FROM stories s WHERE {which} LIMIT {MostAtOnce}", parameters, transaction)];

    private async Task WriteAsync(DbTransaction transaction, IReadOnlyList<Row> stories)
    {
        var known = await DocumentsAsync(transaction, stories);
        var added = await NumberAsync(transaction, [.. stories.Where(s => s.Title is not null && !known.ContainsKey(s.Id))]);
        var tags = await TagsAsync(transaction, stories);
        var documents = new List<TextDocument>();
        foreach (var story in stories.Where(s => s.Title is not null))
        {
            var isNew = added.TryGetValue(story.Id, out var number);
            var body = story.Body is not { Length: > LongestBody } whole ? story.Body ?? "" : whole[..LongestBody];
            documents.Add(new TextDocument(isNew ? number : known[story.Id], FoldedText.Of(story.Title!), FoldedText.Of(body), [StoryMark.OfFeed(story.Feed), .. tags[story.Id]], isNew));
        }

        var forgotten = stories.Where(s => s.Title is null && known.ContainsKey(s.Id)).Select(s => known[s.Id]).ToList();
        if (forgotten.Count > 0)
        {
            await database.Texts.RemoveAsync(transaction, forgotten);
            await transaction.Connection!.ExecuteAsync("DELETE FROM search_documents WHERE doc = @Doc", forgotten.Select(doc => new { Doc = doc }), transaction);
        }

        if (documents.Count > 0)
        {
            await database.Texts.ReplaceAsync(transaction, documents);
        }
    }

    private static async Task<IReadOnlyDictionary<long, long>> DocumentsAsync(DbTransaction transaction, IReadOnlyList<Row> stories) => (await transaction.Connection!.QueryAsync<(long Story, long Doc)>(
        $"SELECT story_id, doc FROM search_documents WHERE {Among(stories)}", Ids(stories), transaction)).ToDictionary(r => r.Story, r => r.Doc);

    private static async Task<ILookup<long, ulong>> TagsAsync(DbTransaction transaction, IReadOnlyList<Row> stories) => (await transaction.Connection!.QueryAsync<(long Story, string Kind, string Slug)>(
        $"SELECT story_id, kind, slug FROM tags WHERE {Among(stories)}", Ids(stories), transaction)).ToLookup(r => r.Story, r => StoryMark.OfTag(r.Kind, r.Slug));

    // Those that came one after another stand side by side.
    private static string Among(IReadOnlyList<Row> stories) => IsRun(stories) ? "story_id BETWEEN @First AND @Last" : "story_id IN @Ids";

    private static object Ids(IReadOnlyList<Row> stories) =>
        IsRun(stories) ? new { First = stories.Min(s => s.Id), Last = stories.Max(s => s.Id) } : new { Ids = stories.Select(s => s.Id) };

    private static bool IsRun(IReadOnlyList<Row> stories) => Math.Abs(stories[^1].Id - stories[0].Id) < 2 * MostAtOnce;

    // Many stories may be of the same second, such as midnight: then the number lies a little behind.
    private async Task<IReadOnlyDictionary<long, long>> NumberAsync(DbTransaction transaction, IReadOnlyList<Row> stories)
    {
        var numbers = new Dictionary<long, long>();
        for (var attempt = 0; numbers.Count < stories.Count; attempt++)
        {
            var wanted = stories.Where(s => !numbers.ContainsKey(s.Id)).Select(s => (DocumentNumber.Of(s.Id, DateTimeOffset.FromUnixTimeMilliseconds(s.SortedAt), attempt), s.Id));
            foreach (var (story, number) in await transaction.Connection!.QueryAsync<(long, long)>(
                // WHERE parts the conflict from a join.
                $"INSERT INTO search_documents (doc, story_id) SELECT CAST(key AS BIGINT), CAST(value AS BIGINT) FROM {database.Pairs("@Wanted")} w WHERE 1 = 1 ON CONFLICT (doc) DO NOTHING RETURNING story_id, doc",
                new { Wanted = Database.PairsOf(wanted) },
                transaction))
            {
                numbers.Add(story, number);
            }
        }

        return numbers;
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public string? Title { get; init; }
        public string? Body { get; init; }
        public long Feed { get; init; }
        public long SortedAt { get; init; }
    }
}
