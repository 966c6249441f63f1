using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using Dapper;

namespace AlertBot.Storage;

/// <summary>
/// About how many documents have each word and each mark: how rare a word is, without going through those that have it, and which words have a
/// beginning. Words of documents that were changed or taken out stay counted.
/// </summary>
internal static class WordCounts
{
    // The commonest words with a beginning stand for all.
    private const int MostEndings = 100;

    // What is longer nobody types.
    private const int LongestWord = 60;

    private const string AllDocuments = "";
    private const string LastCharacter = "\U0010FFFF";

    /// <summary>The word that stands for a mark.</summary>
    public static string OfMark(ulong mark) => string.Create(CultureInfo.InvariantCulture, $"§{mark}");

    /// <summary>Counts the words of documents that are new.</summary>
    public static Task AddAsync(Database database, DbTransaction transaction, IReadOnlyList<TextDocument> documents) => transaction.Connection!.ExecuteAsync(
        // WHERE parts the conflict from a join.
        $"INSERT INTO search_words (word, documents) SELECT key, CAST(value AS BIGINT) FROM {database.Pairs("@Counts")} w WHERE 1 = 1 ON CONFLICT (word) DO UPDATE SET documents = search_words.documents + excluded.documents",
        new { Counts = Database.PairsOf(Of(documents)) },
        transaction);

    // Of each word, how many of the new documents have it; 0 for one of those that were there before. In the order of the words.
    private static List<(string Word, long Documents)> Of(IReadOnlyList<TextDocument> documents)
    {
        var counts = new Dictionary<string, (long Documents, int Last)>(StringComparer.Ordinal) { [AllDocuments] = (documents.Count(d => d.IsNew), 0) };
        var words = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (i, document) in documents.Index())
        {
            AddAll(document.Title, i + 1, document.IsNew);
            AddAll(document.Body, i + 1, document.IsNew);
            foreach (var mark in document.Marks)
            {
                Add(OfMark(mark), i + 1, document.IsNew);
            }
        }

        var ordered = counts.Select(c => (Word: c.Key, c.Value.Documents)).ToList();
        ordered.Sort((a, b) => string.CompareOrdinal(a.Word, b.Word));
        return ordered;

        void AddAll(ReadOnlySpan<char> text, int number, bool isNew)
        {
            while (text.IndexOf(' ') is >= 0 and var end)
            {
                Add(text[..end], number, isNew);
                text = text[(end + 1)..];
            }

            Add(text, number, isNew);
        }

        void Add(ReadOnlySpan<char> word, int number, bool isNew)
        {
            if (word.Length is > 0 and <= LongestWord)
            {
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(words, word, out _);
                count = count.Last == number ? count : (count.Documents + (isNew ? 1 : 0), number);
            }
        }
    }

    /// <summary>A query with its words counted, and with words in the place of their beginnings.</summary>
    public static async Task<CountedQuery> CountAsync(DbConnection connection, TextQuery query, DbTransaction? transaction = null)
    {
        var phrases = query.Needed.SelectMany(group => group).ToList();
        var words = phrases.SelectMany(p => p.IsPrefix ? p.Words.SkipLast(1) : p.Words).Concat(query.Marks.SelectMany(group => group).Select(OfMark)).Append(AllDocuments).Distinct();
        var counts = (await connection.QueryAsync<(string Word, long Documents)>("SELECT word, documents FROM search_words WHERE word IN @words", new { words }, transaction)).ToDictionary(r => r.Word, r => r.Documents);
        var most = MostEndings / Math.Max(1, phrases.Count(p => p.IsPrefix));
        var needed = new List<IReadOnlyList<CountedPhrase>>();
        var term = 0;
        foreach (var group in query.Needed)
        {
            var counted = new List<CountedPhrase>();
            foreach (var phrase in group)
            {
                counted.AddRange(phrase.IsPrefix ? await EndedAsync(phrase, term) : [new CountedPhrase(phrase.Words, term, phrase.Words.Min(Count))]);
                term++;
            }

            needed.Add(counted);
        }

        return new CountedQuery(needed, [.. query.Marks.Select(group => group.Sum(mark => Count(OfMark(mark))))], Count(AllDocuments));

        long Count(string word) => counts.GetValueOrDefault(word);

        async Task<IEnumerable<CountedPhrase>> EndedAsync(TextPhrase phrase, int number)
        {
            var (before, beginning) = (phrase.Words.SkipLast(1).ToList(), phrase.Words[^1]);
            var found = (await connection.QueryAsync<(string Word, long Documents)>(
                "SELECT word, documents FROM search_words WHERE word >= @From AND word < @To ORDER BY documents DESC, word LIMIT @most", new { From = beginning, To = beginning + LastCharacter, most }, transaction)).ToList();
            var documents = before.Select(Count).Append(found.Sum(f => f.Documents)).Min();
            return found.Select(f => f.Word).DefaultIfEmpty(beginning).Select(word => new CountedPhrase([.. before, word], number, documents));
        }
    }
}

/// <param name="Needed">Of each group at least one.</param>
/// <param name="Marks">About how many documents have one of each group of marks.</param>
/// <param name="All">About how many documents there are.</param>
internal sealed record CountedQuery(IReadOnlyList<IReadOnlyList<CountedPhrase>> Needed, IReadOnlyList<long> Marks, long All);

/// <summary>Whole words that stand side by side.</summary>
/// <param name="Term">The same for all that stand for one beginning.</param>
/// <param name="Documents">About how many have the term; of several words, those that have the rarest.</param>
internal sealed record CountedPhrase(IReadOnlyList<string> Words, int Term, long Documents);
