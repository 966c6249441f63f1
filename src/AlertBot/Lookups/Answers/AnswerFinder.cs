using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Search;
using AlertBot.Tagging;

namespace AlertBot.Lookups.Answers;

/// <summary>Finds the stories and the sentences that fit a question best.</summary>
/// <param name="tagger">Null where nobody is known.</param>
internal sealed class AnswerFinder(StorySearch search, StoryTagger? tagger, TimeProvider time)
{
    private const int StoriesRead = 12;
    private const double SentenceShare = 0.05;
    private const double FreshShare = 0.06;

    // What is told of a time may be told a little later.
    private static readonly TimeSpan Afterwards = TimeSpan.FromDays(2);
    private static readonly TimeSpan HalfFresh = TimeSpan.FromDays(30);

    /// <param name="stories">How many ranked stories are wanted.</param>
    public async Task<Findings> FindAsync(AskedQuestion asked, int stories, CancellationToken cancellationToken)
    {
        var most = Math.Max(stories, StoriesRead);
        var ranking = await search.RankAsync(asked.Terms, most, cancellationToken);
        if (asked.Time is { } when)
        {
            var within = await search.RankAsync(asked.Terms, most, cancellationToken, StorySearch.Within(new TextQuery([], []), when.Period.From, when.Period.To + Afterwards));
            ranking = ranking with { Stories = [.. within.Stories.Concat(ranking.Stories).DistinctBy(s => s.Story.Id).OrderByDescending(s => s.Weight)] };
        }

        var weigher = new PassageWeigher(asked, ranking.Terms);
        var now = time.GetUtcNow();
        var best = ranking.Stories.Count > 0 ? Math.Max(1e-9, ranking.Stories[0].Weight) : 1;
        var read = ranking.Stories.Take(StoriesRead).Select(s => Read(s.Story, (s.Weight / best) + (FreshShare * Freshness(now - s.Story.SortedAt)))).ToList();
        // A story in which one sentence has it all is better than one that has it here and there.
        var ranked = read.OrderByDescending(r => r.Share + (SentenceShare * r.Passages.Select(p => p.Own).DefaultIfEmpty(0).Max())).Select(r => r.Story);
        return new Findings([.. ranked.Concat(ranking.Stories.Skip(StoriesRead).Select(s => s.Story)).Take(stories)], [.. read.SelectMany(r => r.Passages).OrderByDescending(p => p.Weight)]);

        (Story Story, double Share, List<WeighedPassage> Passages) Read(Story story, double share) => (story, share, weigher.Weigh(Passage.Of(story), share, tagger?.Tag(StoryText.Of(story))).ToList());
    }

    private static double Freshness(TimeSpan age) => Math.Pow(2, -Math.Max(0, age / HalfFresh));
}

/// <param name="Stories">Best first.</param>
/// <param name="Passages">Best first.</param>
internal sealed record Findings(IReadOnlyList<Story> Stories, IReadOnlyList<WeighedPassage> Passages);
