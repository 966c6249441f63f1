using AlertBot.Storage;

namespace AlertBot.Stories.Search;

/// <summary>Finds stories of the archive by their words. A story that has just come is found, too.</summary>
internal sealed class StorySearch(Database database, SearchIndex index, StoryStore stories, TimeProvider time)
{
    /// <summary>Of what matches, so many of the newest are held against each other.</summary>
    public const int MostWeighed = 2000;

    // Who searches types what a headline says; who asks wants what stands somewhere.
    private const double TitleWeight = 5;
    private const double TitleWeightOfQuestions = 2;

    // What a story is about stands at its beginning; a whole book would keep people waiting.
    private const int LongestBeginning = 3000;

    // How often a term comes is counted so far: what comes oftener is common.
    private const int MostCounted = 20_000;

    // Where more have it, what is known of how many have each word will do.
    private const int FewCounted = 2000;

    // Of what has any term of a question, so many of the newest are weighed.
    private const int MostCandidates = 20_000;

    // Of what is weighed, so many of the best are read.
    private const int MostRead = 100;

    // A story of now counts as much as one of long ago that fits twice as well; half of that is gone after so long.
    private static readonly TimeSpan HalfFresh = TimeSpan.FromDays(14);

    /// <summary>A part of what is found, best first or newest first.</summary>
    public async Task<SearchPage> FindAsync(TextQuery query, SearchOrder order, int skip, int count, CancellationToken cancellationToken)
    {
        var isWhole = await index.CatchUpAsync(cancellationToken);
        if (order == SearchOrder.Newest)
        {
            var newest = await database.Texts.NewestAsync(query, skip, count + 1, cancellationToken);
            return new SearchPage(await stories.OfDocumentsAsync([.. newest.Take(count)], cancellationToken), newest.Count > count, IsCut: false, isWhole);
        }

        var hits = await database.Texts.WeighAsync(query, MostWeighed, cancellationToken);
        var now = DocumentNumber.At(time.GetUtcNow());
        var weighed = hits.Newest.OrderByDescending(hit => hit.Relevance * Freshness(now - hit.Doc)).ThenByDescending(hit => hit.Doc).Select(hit => hit.Doc).ToList();
        // Those that fit best by the index are read, and held against each other by where their words stand.
        var texts = await stories.BeginningsAsync([.. weighed.Take(MostRead)], LongestBeginning, cancellationToken);
        var ranked = new StoryRanker([.. query.Needed.Select(group => new WeighedTerm(new SearchTerm(group), 0, 0))], TitleWeight).Rank([.. texts.Select(t => t.Story)]).ToDictionary(r => r.Story.Id, r => r.Weight);
        var best = texts.Select(t => (Doc: t.Document, Weight: ranked[t.Story.Id] * Freshness(now - t.Document))).OrderByDescending(hit => hit.Weight).ThenByDescending(hit => hit.Doc).Select(hit => hit.Doc)
            .Concat(weighed.Skip(MostRead)).ToList();
        return new SearchPage(await stories.OfDocumentsAsync([.. best.Skip(skip).Take(count)], cancellationToken), best.Count > skip + count, hits.IsCut, isWhole);
    }

    /// <summary>The stories that fit the terms of a question best; any of the terms may stand in them. Freshness does not count.</summary>
    /// <param name="narrowed">Further limits: marks and time; its words do not count.</param>
    public async Task<Ranking> RankAsync(IReadOnlyList<SearchTerm> terms, int count, CancellationToken cancellationToken, TextQuery? narrowed = null)
    {
        if (terms.Count == 0)
        {
            return new Ranking([], []);
        }

        await index.CatchUpAsync(cancellationToken);
        var limits = narrowed ?? new TextQuery([], []);
        var known = new List<(SearchTerm Term, long Stories)>();
        foreach (var term in terms)
        {
            known.Add((term, await CountAsync(limits with { Needed = [term.Names] }, cancellationToken)));
        }

        // What nearly every story has tells nothing, and would crowd out those that have the others.
        var telling = known.Where(k => k.Stories is > 0 and < MostCounted).Select(k => k.Term).ToList();
        var any = limits with { Needed = [[.. (telling.Count > 0 ? telling : terms).SelectMany(t => t.Names)]] };
        var hits = await database.Texts.WeighAsync(any, MostCandidates, cancellationToken);
        var candidates = await stories.OfDocumentsAsync([.. hits.Newest.OrderByDescending(h => h.Relevance).Take(Math.Max(count, MostRead)).Select(h => h.Doc)], cancellationToken);
        var all = await index.SizeAsync(cancellationToken);
        var weighed = known.Select(k => new WeighedTerm(k.Term, k.Stories, all)).ToList();
        return new Ranking([.. new StoryRanker(weighed, TitleWeightOfQuestions).Rank(candidates).Take(count)], weighed);
    }

    /// <summary>A query for stories of a stretch of time only.</summary>
    public static TextQuery Within(TextQuery query, DateTimeOffset? since, DateTimeOffset? before) => query with
    {
        From = since is { } first ? DocumentNumber.At(first) : query.From,
        Before = before is { } last ? DocumentNumber.At(last) : query.Before,
    };

    private async Task<long> CountAsync(TextQuery query, CancellationToken cancellationToken)
    {
        if (query is not { Marks.Count: 0, From: 0, Before: long.MaxValue })
        {
            return (await database.Texts.NewestAsync(query, 0, MostCounted, cancellationToken)).Count;
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        var names = (await WordCounts.CountAsync(connection, query)).Needed[0].DistinctBy(name => name.Term).ToList();
        var found = names.Where(name => name.Words.Count == 1).Sum(name => name.Documents) is >= FewCounted and var words ? words
            : (await database.Texts.NewestAsync(query, 0, FewCounted, cancellationToken)).Count;
        return found < FewCounted ? found : Math.Clamp(names.Sum(name => name.Documents), FewCounted, MostCounted);
    }

    private static double Freshness(long age) => 1 + Math.Pow(2, -Math.Max(0, age) / (double)DocumentNumber.Of(HalfFresh));
}

internal enum SearchOrder
{
    Best,
    Newest,
}

/// <param name="HasMore">There are more behind them.</param>
/// <param name="IsCut">More stories match than were held against each other: the older ones were left out.</param>
/// <param name="IsWhole">False while the index is being made or caught up with.</param>
internal sealed record SearchPage(IReadOnlyList<Story> Stories, bool HasMore, bool IsCut, bool IsWhole);

/// <param name="Stories">Best first.</param>
/// <param name="Terms">What they were held against, in the order of the question.</param>
internal sealed record Ranking(IReadOnlyList<RankedStory> Stories, IReadOnlyList<WeighedTerm> Terms);
