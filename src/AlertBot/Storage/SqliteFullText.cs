using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AlertBot.Storage;

/// <summary>FTS5, without the text: https://www.sqlite.org/fts5.html#contentless_delete_tables. Rows are found in the order of their numbers, so the newest come at no cost.</summary>
internal sealed class SqliteFullText(SqliteDatabase database) : FullText
{
    private const string Matching = "FROM search_texts WHERE search_texts MATCH @match AND rowid >= @from AND rowid < @Before ORDER BY rowid DESC";

    // Of words that are all common, few stories may have all: so many entries of the index are gone through for each that is wanted,
    // and where that brings not even one in so many, a stretch so much longer.
    private const int EffortEach = 50;
    private const int EnoughOf = 20;
    private const int Longer = 20;

    public override async Task ReplaceAsync(DbTransaction transaction, IReadOnlyList<TextDocument> documents)
    {
        await transaction.Connection!.ExecuteAsync(
            "INSERT OR REPLACE INTO search_texts (rowid, title, body, marks) VALUES (@Doc, @Title, @Body, @Marks)",
            // Row ids that go up are kept in memory until the end; each that goes down is a write of its own.
            documents.OrderBy(d => d.Doc).Select(d => new { d.Doc, d.Title, d.Body, Marks = string.Join(' ', d.Marks) }),
            transaction);
        await WordCounts.AddAsync(database, transaction, documents);
    }

    public override Task RemoveAsync(DbTransaction transaction, IReadOnlyList<long> documents) =>
        transaction.Connection!.ExecuteAsync("DELETE FROM search_texts WHERE rowid = @Doc", documents.Select(doc => new { Doc = doc }), transaction);

    public override async Task<IReadOnlyList<long>> NewestAsync(TextQuery query, int skip, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var counted = await WordCounts.CountAsync(connection, query);
        return [.. await connection.QueryAsync<long>($"SELECT rowid {Matching} LIMIT @Count OFFSET @Skip", new { match = Expression(query, counted), from = query.From, query.Before, Skip = skip, Count = count })];
    }

    public override async Task<TextHits> WeighAsync(TextQuery query, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        SqliteRelevance.AddTo((SqliteConnection)connection);
        var counted = await WordCounts.CountAsync(connection, query);
        if (await NewestStretch.OfAsync(connection, query, counted) is not { } stretch)
        {
            return new TextHits([], false);
        }

        var (match, terms) = (Expression(query, counted), SqliteRelevance.Terms(TitleWeight, counted.Needed.SelectMany(group => group), counted.All));
        for (var documents = most * EffortEach / stretch.Effort; ; documents *= Longer)
        {
            var from = stretch.Begin(documents);
            var rows = await connection.QueryAsync<(long Doc, double Relevance)>(
                $"SELECT rowid, relevance(search_texts, @terms) {Matching} LIMIT @most", new { match, terms, from, query.Before, most });
            var hits = rows.Select(r => new TextHit(r.Doc, r.Relevance)).ToList();
            if (hits.Count >= most / EnoughOf || from == stretch.First)
            {
                return new TextHits(hits, hits.Count == most || from > stretch.First);
            }
        }
    }

    // Folded words are letters and digits, so nothing in the quotation marks can end them.
    private static string Expression(TextQuery query, CountedQuery counted)
    {
        var words = string.Join(" AND ", counted.Needed.Select(group => $"({string.Join(" OR ", group.Select(phrase => Phrase(phrase.Words, isPrefix: false)))})"));
        var wanted = query.Excluded.Count == 0 ? words : $"({words}) NOT ({string.Join(" OR ", query.Excluded.Select(phrase => Phrase(phrase.Words, phrase.IsPrefix)))})";
        return string.Join(" AND ", query.Marks.Select(group => $"(marks : ({string.Join(" OR ", group.Select(mark => $"\"{mark}\""))}))").Prepend($"({{title body}} : ({wanted}))"));
    }

    private static string Phrase(IReadOnlyList<string> words, bool isPrefix) => $"\"{string.Join(' ', words)}\"{(isPrefix ? " *" : "")}";
}
