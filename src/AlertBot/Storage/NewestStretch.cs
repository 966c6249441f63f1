using System.Data.Common;
using Dapper;

namespace AlertBot.Storage;

/// <summary>How far back in the numbers of documents so many of the newest go that a query may find: reckoned, since counting them would take long.</summary>
internal sealed class NewestStretch
{
    // The documents of which the density is measured.
    private const int Sample = 1000;

    // Of words that stand side by side, one in so many documents that have them all.
    private const double SideBySide = 0.05;

    private readonly CountedQuery _counted;
    private readonly double _perDocument;
    private readonly long _oldest;

    private NewestStretch(CountedQuery counted, long first, long newest, long oldest, double perDocument) =>
        (_counted, First, Newest, _oldest, _perDocument) = (counted, first, newest, oldest, perDocument);

    /// <summary>The first number that the query may find.</summary>
    public long First { get; }

    public long Newest { get; }

    /// <summary>Null where there is nothing to find.</summary>
    public static async Task<NewestStretch?> OfAsync(DbConnection connection, TextQuery query, CountedQuery counted, DbTransaction? transaction = null)
    {
        var (newest, sampled, oldest) = await connection.QuerySingleAsync<(long?, long?, long?)>(
            """
            SELECT (SELECT MAX(doc) FROM search_documents WHERE doc < @Before), (SELECT doc FROM search_documents WHERE doc < @Before ORDER BY doc DESC LIMIT 1 OFFSET @Sample), (SELECT MIN(doc) FROM search_documents)
            """,
            new { query.Before, Sample },
            transaction);
        if (newest is null || oldest is null || query.From > newest)
        {
            return null;
        }

        // What is reckoned from now may not hold for long ago, when there were fewer a day, or more.
        var perDocument = sampled is { } edge ? Math.Max((newest.Value - edge) / (double)Sample, (newest.Value - oldest.Value) / (double)Math.Max(1, counted.All)) : double.PositiveInfinity;
        return new NewestStretch(counted, Math.Max(query.From, oldest.Value), newest.Value, oldest.Value, perDocument);
    }

    /// <summary>Whether a stretch from there on has all documents.</summary>
    public bool IsWhole(long from) => from <= _oldest;

    /// <summary>The number at which the newest so many documents begin, about.</summary>
    public long Begin(double documents) => documents * _perDocument < Newest - First ? Newest - (long)(documents * _perDocument) : First;

    /// <summary>How many documents to ask, where going through many entries of the index takes long, and reading documents longer.</summary>
    /// <param name="enough">So many matches will do; <paramref name="most"/> would be better, if they can be had at once.</param>
    /// <param name="entries">So many entries of the index may be gone through anyway.</param>
    /// <param name="read">So many documents may be read for what the index does not tell: whether words stand side by side.</param>
    public double Documents(double enough, double most, double entries, double read)
    {
        var atOnce = Shares(_ => 1).Min() * All <= entries ? double.PositiveInfinity : entries;
        var readable = _counted.Needed.Any(group => group.Any(p => p.Words.Count > 1)) ? read / SharePassing(1) : double.PositiveInfinity;
        return Math.Min(Math.Min(most / Share, Math.Max(enough / Share, atOnce)), readable);
    }

    /// <summary>Which part of all documents should match, as far as the counts tell.</summary>
    public double Share => SharePassing(SideBySide);

    /// <summary>How many entries of the index are gone through for a document, on an average: the rarest words lead, and the others are looked up.</summary>
    public double Effort => Math.Max(1 / All, (_counted.Needed.Count + _counted.Marks.Count) * Shares(phrase => phrase.Words.Count > 1 ? 2 * phrase.Words.Count : 1).Min());

    private double SharePassing(double phrases) => Math.Max(1 / All, Shares(phrase => phrase.Words.Count > 1 ? phrases : 1).Aggregate(1.0, (share, of) => share * Math.Min(1, of)));

    private IEnumerable<double> Shares(Func<CountedPhrase, double> factor) =>
        _counted.Needed.Select(group => group.DistinctBy(p => p.Term).Sum(p => p.Documents / All * factor(p))).Concat(_counted.Marks.Select(m => m / All));

    private double All => Math.Max(1, _counted.All);
}
