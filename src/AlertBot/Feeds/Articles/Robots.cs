using Microsoft.Extensions.Caching.Memory;

namespace AlertBot.Feeds.Articles;

/// <summary>What sites allow robots, asked for once a day. A site that can't be asked has forbidden everything for now (RFC 9309, section 2.3.1).</summary>
internal sealed class Robots(FeedFetcher fetcher, IMemoryCache cache, TimeProvider time)
{
    private const int MaxBytes = 2_000_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(10);

    /// <returns>The rules of a page's site, or why there are none for now.</returns>
    public async Task<(RobotsRules? Rules, string Why)> OfAsync(Uri page, CancellationToken cancellationToken)
    {
        var site = SecretHeaders.OriginOf(page);
        if (cache.TryGetValue((nameof(Robots), site), out Answer? known) && time.GetUtcNow() < known!.Until)
        {
            return (known.Rules, known.Why);
        }

        var answer = await AskAsync(new Uri($"{site}/robots.txt"), cancellationToken);
        cache.Set((nameof(Robots), site), answer, Kept);
        return (answer.Rules, answer.Why);
    }

    private async Task<Answer> AskAsync(Uri address, CancellationToken cancellationToken) =>
        await fetcher.FetchAsync(new FetchRequest(address) { Accept = "text/plain, */*;q=0.5", MaxBytes = MaxBytes }, cancellationToken) switch
        {
            FetchResult.Fetched(var document, _, _, _) => Known(RobotsRules.Parse(document.Text)),
            // What the site says itself of a robots.txt that is not there or closed is no rule (4xx).
            FetchResult.Gone or FetchResult.Failed(FetchFault.Missing or FetchFault.Refused or FetchFault.Login or FetchFault.Redirects, _) => Known(RobotsRules.None),
            FetchResult.RateLimited(var until) => new Answer(null, $"the site asked for a pause until {until:u}", until),
            FetchResult.Failed(_, var why) => new Answer(null, $"its robots.txt can't be read: {why}", time.GetUtcNow() + Retry),
            var other => throw new InvalidOperationException($"Unexpected {other}."),
        };

    private Answer Known(RobotsRules rules) => new(rules, "", time.GetUtcNow() + Kept);

    private sealed record Answer(RobotsRules? Rules, string Why, DateTimeOffset Until);
}
