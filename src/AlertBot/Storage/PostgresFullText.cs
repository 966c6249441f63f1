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

    // A walk from the newest document on, so far at first and at most.
    private const int FirstWalk = 1000;
    private const int LongWalk = 5000;
    private const int LongestWalk = 20_000;

    // So many of a long walk are enough to tell which are best.
    private const int EnoughWeighed = 100;

    private const string Words = "to_tsquery('english', @Words) && CAST(@Marks AS tsquery)";

    private const string Matching = $"FROM search_texts WHERE words @@ ({Words}) AND doc >= @From AND doc < @Before ORDER BY doc DESC LIMIT @Count";

    // The server can't know how many stories have a word that is not among the most frequent ones, so it is told which way to go.
    private const string ByWalking = "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = on";

    private const string ByWords = "SET LOCAL enable_bitmapscan = on; SET LOCAL enable_indexscan = off";

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
        const string Find = $"SELECT doc {Matching}";
        await using var look = await Look.BeginAsync(database, query, cancellationToken);
        var found = await look.WalkAsync<long>(Find, FirstWalk, skip + count);
        var further = found.Count == 0 ? int.MaxValue : (long)FirstWalk * (skip + count) * 3 / (2 * found.Count);
        if (found.Count < skip + count && further <= LongestWalk)
        {
            found = await look.WalkAsync<long>(Find, (int)further, skip + count);
        }

        found = found.Count < skip + count ? await look.FindAsync<long>(Find, skip + count) : found;
        return [.. found.Skip(skip)];
    }

    public override async Task<TextHits> WeighAsync(TextQuery query, int most, CancellationToken cancellationToken)
    {
        const string Weigh = "SELECT doc, CAST(ts_rank(CAST(@Weights AS real[]), words, " + Words + ", 1) AS double precision) AS relevance " + Matching;
        await using var look = await Look.BeginAsync(database, query, cancellationToken);
        var wanted = Math.Min(most, MostWeighed);
        var found = await look.WalkAsync<(long Doc, double Relevance)>(Weigh, LongWalk, wanted);
        var isEnough = found.Count >= Math.Min(wanted, EnoughWeighed);
        found = isEnough ? found : await look.FindAsync<(long Doc, double Relevance)>(Weigh, wanted);
        return new TextHits([.. found.Select(r => new TextHit(r.Doc, r.Relevance))], (isEnough && look.HasOlder) || found.Count == wanted);
    }

    // Folded words are letters and digits, so nothing in the quotation marks can end them.
    private static string Expression(TextQuery query) => string.Join(
        " & ",
        query.Needed.Select(group => $"({string.Join(" | ", group.Select(Phrase))})").Concat(query.Excluded.Select(phrase => $"!({Phrase(phrase)})")));

    private static string Phrase(TextPhrase phrase) => $"({string.Join(" <-> ", phrase.Words.Select(word => $"'{word}'"))}{(phrase.IsPrefix ? ":*" : "")})";

    private static string Mark(ulong mark) => $"§{mark}";

    /// <summary>One search: from the newest document backwards, or by the words.</summary>
    private sealed class Look(DbConnection connection, DbTransaction transaction, TextQuery query) : IAsyncDisposable
    {
        private readonly string _words = Expression(query);
        private readonly string _marks = string.Join(" & ", query.Marks.Select(group => $"({string.Join(" | ", group.Select(mark => $"'{Mark(mark)}'"))})"));

        /// <summary>Whether the last walk left older documents out.</summary>
        public bool HasOlder { get; private set; }

        public static async Task<Look> BeginAsync(PostgresDatabase database, TextQuery query, CancellationToken cancellationToken)
        {
            var connection = await database.OpenAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(ByWalking, transaction: transaction);
            return new Look(connection, transaction, query);
        }

        /// <summary>Tries the newest so many documents, one after another.</summary>
        public async Task<IReadOnlyList<T>> WalkAsync<T>(string sql, int documents, int count)
        {
            var edge = await connection.ExecuteScalarAsync<long?>(
                "SELECT doc FROM search_texts WHERE doc >= @From AND doc < @Before ORDER BY doc DESC OFFSET @documents LIMIT 1", new { query.From, query.Before, documents }, transaction);
            HasOlder = edge is not null;
            return await QueryAsync<T>(sql, edge ?? query.From, count);
        }

        /// <summary>Finds all that match, by the index of words.</summary>
        public async Task<IReadOnlyList<T>> FindAsync<T>(string sql, int count)
        {
            await connection.ExecuteAsync(ByWords, transaction: transaction);
            // The sum keeps the server from going through all documents of that time by their numbers.
            return await QueryAsync<T>(sql.Replace("AND doc ", "AND doc + 0 ", StringComparison.Ordinal), query.From, count);
        }

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }

        private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, long from, int count) =>
            [.. await connection.QueryAsync<T>(sql, new { Words = _words, Marks = _marks, From = from, query.Before, Count = count, Weights }, transaction)];
    }
}
