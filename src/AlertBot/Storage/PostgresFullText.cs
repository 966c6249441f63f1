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
        CREATE INDEX search_texts_words ON search_texts USING gin (words) WITH (gin_pending_list_limit = 65536);
        """;

    // What is weighed of a word that many stories have; weighing costs more here than elsewhere.
    private const int MostWeighed = 500;

    // So many are enough to tell which are best.
    private const int EnoughWeighed = 50;

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
        Add("marks", documents.Select(d => string.Join(' ', d.Marks.Select(WordCounts.OfMark).Concat(TimeWords.Of(d.Doc)))).ToArray());
        await command.ExecuteNonQueryAsync();
        await WordCounts.AddAsync(database, transaction, documents);
        // New words wait in a list that each search has to go through; putting them in their places at once is cheapest for many.
        await transaction.Connection!.ExecuteAsync("SELECT gin_clean_pending_list('search_texts_words')", transaction: transaction);

        void Add(string name, object values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, values);
            command.Parameters.Add(parameter);
        }
    }

    public override Task RemoveAsync(DbTransaction transaction, IReadOnlyList<long> documents) =>
        transaction.Connection!.ExecuteAsync("DELETE FROM search_texts WHERE doc IN @Docs", new { Docs = documents }, transaction);

    public override async Task<IReadOnlyList<long>> NewestAsync(TextQuery query, int skip, int count, CancellationToken cancellationToken)
    {
        await using var look = await PostgresLook.BeginAsync(database, query, cancellationToken);
        var (found, _) = await look.FindAsync<long>("doc", Weights, skip + count, skip + count);
        return [.. found.Skip(skip)];
    }

    public override async Task<TextHits> WeighAsync(TextQuery query, int most, CancellationToken cancellationToken)
    {
        await using var look = await PostgresLook.BeginAsync(database, query, cancellationToken);
        var wanted = Math.Min(most, Math.Min(MostWeighed, look.Weighable));
        var (found, isCut) = await look.FindAsync<(long Doc, double Relevance)>(
            "doc, CAST(ts_rank(CAST(@weights AS real[]), words, to_tsquery('english', @Words), 1) AS double precision) AS relevance", Weights, Math.Min(wanted, EnoughWeighed), wanted);
        return new TextHits([.. found.Select(r => new TextHit(r.Doc, r.Relevance))], isCut);
    }
}
