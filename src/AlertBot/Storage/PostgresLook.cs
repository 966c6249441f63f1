using System.Data.Common;
using Dapper;

namespace AlertBot.Storage;

/// <summary>
/// One search in PostgreSQL, by the index of words. As many stories have a common word as would take seconds to go through, so a stretch of the newest
/// documents is asked that should hold enough, by how many have the words; and where it does not, the stretch before it.
/// </summary>
internal sealed class PostgresLook : IAsyncDisposable
{
    // A stretch is so much longer than it would have to be, and all together so much longer than those before.
    private const double Spare = 2;
    private const double LeastLonger = 2;
    private const double MostLonger = 20;
    private const double Long = 0.3;

    // So many entries of the index are gone through in a moment, and so many documents read to see whether their words stand side by side.
    private const double FewEntries = 50_000;
    private const double FewRead = 500;

    private const string Settings =
        "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = on";

    // A document is held against a word so often in a moment.
    private const int MostHeld = 10_000;

    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly TextQuery _query;
    private readonly CountedQuery _counted;
    private readonly string _words;
    private readonly string _marks;

    private PostgresLook(DbConnection connection, DbTransaction transaction, TextQuery query, CountedQuery whole, CountedQuery counted)
    {
        (_connection, _transaction, _query, _counted) = (connection, transaction, query, counted);
        // Folded words are letters and digits, so nothing in the quotation marks can end them.
        _words = string.Join(
            " & ",
            whole.Needed.Select(group => $"({string.Join(" | ", group.Select(p => Phrase(p.Words, isPrefix: false)))})").Concat(query.Excluded.Select(p => $"!({Phrase(p.Words, p.IsPrefix)})")));
        _marks = string.Join(" & ", query.Marks.Select(group => Any(group.Select(WordCounts.OfMark))));
    }

    public static async Task<PostgresLook> BeginAsync(PostgresDatabase database, TextQuery query, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken);
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var whole = await WordCounts.CountAsync(connection, query, transaction);
        // Words that the server passes over narrow nothing.
        var indexed = (await connection.QueryAsync<string>(
            "SELECT w.word FROM unnest(string_to_array(@Words, ' ')) AS w (word) WHERE to_tsvector('english', w.word) <> ''",
            new { Words = string.Join(' ', whole.Needed.SelectMany(group => group).SelectMany(p => p.Words).Distinct()) },
            transaction)).ToHashSet();
        var needed = whole.Needed.Select(group => group.Select(p => p with { Words = [.. p.Words.Where(indexed.Contains)] }).Where(p => p.Words.Count > 0).ToList()).Where(group => group.Count > 0);
        return new PostgresLook(connection, transaction, query, whole, whole with { Needed = [.. needed] });
    }

    /// <summary>How many can be weighed in a moment: each is held against all the words.</summary>
    public int Weighable => MostHeld / Math.Max(1, _counted.Needed.Sum(group => group.Count));

    /// <summary>The newest documents that match.</summary>
    /// <param name="columns">What is wanted of each; its words are <c>words</c>, what is looked for is <c>@Words</c>.</param>
    /// <param name="enough">With fewer, the stretch before is tried.</param>
    /// <returns>At most so many, newest first, and whether there may be older ones.</returns>
    public async Task<(IReadOnlyList<T> Found, bool IsCut)> FindAsync<T>(string columns, string weights, int enough, int most)
    {
        if (_counted.Needed.Count == 0 || await NewestStretch.OfAsync(_connection, _query, _counted, _transaction) is not { } stretch)
        {
            return ([], false);
        }

        await _connection.ExecuteAsync(Settings, transaction: _transaction);
        var found = new List<T>();
        var before = Math.Min(_query.Before, stretch.Newest + 1);
        for (var documents = stretch.Documents(enough * Spare, most * Spare, FewEntries, FewRead); ; )
        {
            var from = stretch.Begin(documents);
            var times = stretch.IsWhole(from) ? "" : Any(TimeWords.Between(from, before - 1));
            found.AddRange(await _connection.QueryAsync<T>(
                // The sum keeps the server from going through all documents of that time by their numbers. As one condition, each document of the time would be
                // held against the words; as several, their lists are gone through side by side.
                $"""
                SELECT {columns} FROM (
                    SELECT doc, words FROM search_texts
                    WHERE words @@ to_tsquery('english', @Words){Also(_marks, "@Marks")}{Also(times, "@Times")} AND doc + 0 >= @from AND doc + 0 < @before ORDER BY doc DESC LIMIT @most) newest
                ORDER BY doc DESC
                """,
                new { Words = _words, Marks = _marks, Times = times, from, before, most = most - found.Count, weights },
                _transaction));
            if (found.Count >= enough || from == stretch.First)
            {
                return (found, found.Count == most || from > stretch.First);
            }

            before = from;
            // What is left of all is not much more than a stretch that is already long.
            documents = documents > _counted.All * Long ? double.PositiveInfinity : documents * (found.Count == 0 ? MostLonger : Math.Clamp(Spare * enough / found.Count, LeastLonger, MostLonger));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static string Also(string words, string parameter) => words.Length == 0 ? "" : $" AND words @@ CAST({parameter} AS tsquery)";

    private static string Any(IEnumerable<string> words) => string.Join(" | ", words.Select(word => $"'{word}'")) is { Length: > 0 } any ? $"({any})" : "";

    private static string Phrase(IReadOnlyList<string> words, bool isPrefix) => $"({string.Join(" <-> ", words.Select(word => $"'{word}'"))}{(isPrefix ? ":*" : "")})";
}
