using System.Data.Common;
using System.Globalization;
using Dapper;

namespace AlertBot.Storage;

/// <summary>FTS5, without the text: https://www.sqlite.org/fts5.html#contentless_delete_tables. Rows are found in the order of their numbers, so the newest come at no cost.</summary>
internal sealed class SqliteFullText(SqliteDatabase database) : FullText
{
    // A word is common that comes so often in the newest thirtieth of the time.
    private const int CommonIn = 30;
    private const int CommonFrom = 1000;

    private const int MostByTitle = 1000;

    private const string Matching = "FROM search_texts WHERE search_texts MATCH @Match AND rowid >= @From AND rowid < @Before ORDER BY rowid DESC";

    private static readonly string Relevance = string.Create(CultureInfo.InvariantCulture, $"-bm25(search_texts, {TitleWeight:0.0}, 1.0, 0.0)");

    public override Task ReplaceAsync(DbTransaction transaction, IReadOnlyList<TextDocument> documents) => transaction.Connection!.ExecuteAsync(
        "INSERT OR REPLACE INTO search_texts (rowid, title, body, marks) VALUES (@Doc, @Title, @Body, @Marks)",
        // Row ids that go up are kept in memory until the end; each that goes down is a write of its own.
        documents.OrderBy(d => d.Doc).Select(d => new { d.Doc, d.Title, d.Body, Marks = string.Join(' ', d.Marks) }),
        transaction);

    public override Task RemoveAsync(DbTransaction transaction, IReadOnlyList<long> documents) =>
        transaction.Connection!.ExecuteAsync("DELETE FROM search_texts WHERE rowid = @Doc", documents.Select(doc => new { Doc = doc }), transaction);

    public override async Task<IReadOnlyList<long>> NewestAsync(TextQuery query, int skip, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<long>($"SELECT rowid {Matching} LIMIT @Count OFFSET @Skip", new { Match = Expression(query), query.From, query.Before, Skip = skip, Count = count })];
    }

    public override async Task<TextHits> WeighAsync(TextQuery query, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        if (await IsCostlyAsync(connection, query))
        {
            return await WeighByTitleAsync(connection, query, Math.Min(most, MostByTitle));
        }

        var rows = await connection.QueryAsync<(long Doc, double Relevance)>($"SELECT rowid, {Relevance} {Matching} LIMIT @Most", new { Match = Expression(query), query.From, query.Before, Most = most });
        var hits = rows.Select(r => new TextHit(r.Doc, r.Relevance)).ToList();
        return new TextHits(hits, hits.Count == most);
    }

    /// <summary>
    /// BM25 goes through all stories of each phrase to learn how rare it is. Where two of the words are common that takes longer than
    /// anybody wants to wait, and tells little.
    /// </summary>
    private static async Task<bool> IsCostlyAsync(DbConnection connection, TextQuery query)
    {
        var words = query.Needed.SelectMany(group => group).Where(phrase => !phrase.IsPrefix).SelectMany(phrase => phrase.Words).Distinct().ToList();
        if (words.Count < 2)
        {
            return false;
        }

        var (first, last) = await connection.QuerySingleAsync<(long, long)>("SELECT COALESCE((SELECT MIN(doc) FROM search_documents), 0), COALESCE((SELECT MAX(doc) FROM search_documents), 0)");
        var edge = last - ((last - first) / CommonIn);
        var common = 0;
        foreach (var word in words)
        {
            var found = await connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM (SELECT rowid FROM search_texts WHERE search_texts MATCH @Match AND rowid >= @edge ORDER BY rowid DESC LIMIT @CommonFrom)", new { Match = $"\"{word}\"", edge, CommonFrom });
            common += found == CommonFrom ? 1 : 0;
        }

        return common > 1;
    }

    /// <summary>Those that have all the words in the title weigh most, then those that have one of them there.</summary>
    private static async Task<TextHits> WeighByTitleAsync(DbConnection connection, TextQuery query, int most)
    {
        var any = string.Join(" OR ", query.Needed.SelectMany(group => group).Select(Phrase));
        var all = await FindAsync(Expression(query));
        var some = (await FindAsync(Expression(query, $"({{title}} : ({any}))"))).ToHashSet();
        var whole = (await FindAsync(Expression(query, $"({{title}} : ({Needed(query)}))"))).ToHashSet();
        var hits = all.Union(some).Union(whole).OrderDescending().Select(doc => new TextHit(doc, whole.Contains(doc) ? TitleWeight : some.Contains(doc) ? TitleWeight / 2 : 1));
        return new TextHits([.. hits], all.Count == most);

        async Task<IReadOnlyList<long>> FindAsync(string match) =>
            [.. await connection.QueryAsync<long>($"SELECT rowid {Matching} LIMIT @most", new { Match = match, query.From, query.Before, most })];
    }

    private static string Needed(TextQuery query) => string.Join(" AND ", query.Needed.Select(group => $"({string.Join(" OR ", group.Select(Phrase))})"));

    // Folded words are letters and digits, so nothing in the quotation marks can end them.
    private static string Expression(TextQuery query, params string[] further)
    {
        var words = Needed(query);
        var wanted = query.Excluded.Count == 0 ? words : $"({words}) NOT ({string.Join(" OR ", query.Excluded.Select(Phrase))})";
        return string.Join(" AND ", query.Marks.Select(group => $"(marks : ({string.Join(" OR ", group.Select(mark => $"\"{mark}\""))}))").Prepend($"({{title body}} : ({wanted}))").Concat(further));
    }

    private static string Phrase(TextPhrase phrase) => $"\"{string.Join(' ', phrase.Words)}\"{(phrase.IsPrefix ? " *" : "")}";
}
