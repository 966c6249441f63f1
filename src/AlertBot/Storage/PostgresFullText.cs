using System.Data.Common;
using System.Globalization;
using Dapper;

namespace AlertBot.Storage;

/// <summary>
/// PostgreSQL's own full text: https://www.postgresql.org/docs/current/textsearch.html. Its English configuration passes over words such as
/// "the": a query of them alone finds nothing. Marks are words that no text can have.
/// </summary>
internal sealed class PostgresFullText(PostgresDatabase database) : FullText
{
    /// <summary>What stands for the virtual table in a migration.</summary>
    public const string Schema =
        """
        CREATE TABLE search_texts (doc bigint PRIMARY KEY, words tsvector NOT NULL);
        CREATE INDEX search_texts_words ON search_texts USING gin (words) WITH (gin_pending_list_limit = 512);
        """;

    // The plan has to fit the words: few stories have the one, and half of all the other.
    private const string Planning = "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off";

    private const string Words = "to_tsquery('english', @Words) && CAST(@Marks AS tsquery)";

    private const string Matching = $"FROM search_texts WHERE words @@ ({Words}) AND doc >= @From AND doc < @Before ORDER BY doc DESC";

    private static readonly string Weights = string.Create(CultureInfo.InvariantCulture, $"{{{1 / TitleWeight:0.0#}, {1 / TitleWeight:0.0#}, {1 / TitleWeight:0.0#}, 1}}");

    public override async Task ReplaceAsync(DbTransaction transaction, IReadOnlyList<TextDocument> documents)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            """
            INSERT INTO search_texts (doc, words)
            SELECT t.doc, setweight(to_tsvector('english', t.title), 'A') || to_tsvector('english', t.body) || array_to_tsvector(string_to_array(t.marks, ' '))
            FROM unnest(@docs, @titles, @bodies, @marks) AS t (doc, title, body, marks)
            ON CONFLICT (doc) DO UPDATE SET words = excluded.words
            """;
        Add("docs", documents.Select(d => d.Doc).ToArray());
        Add("titles", documents.Select(d => d.Title).ToArray());
        Add("bodies", documents.Select(d => d.Body).ToArray());
        Add("marks", documents.Select(d => string.Join(' ', d.Marks.Select(Mark))).ToArray());
        await command.ExecuteNonQueryAsync();

        void Add(string name, object values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, values);
            command.Parameters.Add(parameter);
        }
    }

    public override Task RemoveAsync(DbTransaction transaction, IReadOnlyList<long> documents) =>
        transaction.Connection!.ExecuteAsync("DELETE FROM search_texts WHERE doc IN @Docs", new { Docs = documents }, transaction);

    public override Task<IReadOnlyList<long>> NewestAsync(TextQuery query, int skip, int count, CancellationToken cancellationToken) =>
        FindAsync<long>($"SELECT doc {Matching} LIMIT @Count OFFSET @Skip", query, skip, count, cancellationToken);

    public override async Task<IReadOnlyList<TextHit>> WeighAsync(TextQuery query, int most, CancellationToken cancellationToken)
    {
        var rows = await FindAsync<(long Doc, double Relevance)>(
            $"SELECT doc, CAST(ts_rank('{Weights}', words, {Words}, 1) AS double precision) {Matching} LIMIT @Count OFFSET @Skip", query, 0, most, cancellationToken);
        return [.. rows.Select(r => new TextHit(r.Doc, r.Relevance))];
    }

    private async Task<IReadOnlyList<T>> FindAsync<T>(string sql, TextQuery query, int skip, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(Planning, transaction: transaction);
        var marks = string.Join(" & ", query.Marks.Select(mark => $"'{Mark(mark)}'"));
        return [.. await connection.QueryAsync<T>(sql, new { Words = Expression(query), Marks = marks, query.From, query.Before, Skip = skip, Count = count }, transaction)];
    }

    // Folded words are letters and digits, so nothing in the quotation marks can end them.
    private static string Expression(TextQuery query) => string.Join(
        " & ",
        query.Needed.Select(group => $"({string.Join(" | ", group.Select(Phrase))})").Concat(query.Excluded.Select(phrase => $"!({Phrase(phrase)})")));

    private static string Phrase(TextPhrase phrase) => $"({string.Join(" <-> ", phrase.Words.Select(word => $"'{word}'"))}{(phrase.IsPrefix ? ":*" : "")})";

    private static string Mark(ulong mark) => $"§{mark}";
}
