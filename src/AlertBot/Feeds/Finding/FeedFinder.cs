namespace AlertBot.Feeds.Finding;

/// <summary>
/// Finds the feeds that belong to an address which a person gave: the address itself, what its page declares, a rule of the site,
/// links that speak of feeds, places where feeds usually are. Asks a bounded number of times through the one guarded fetcher, and
/// tells what it met in words.
/// </summary>
internal sealed class FeedFinder(FeedFetcher fetcher, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="typed">As it was typed: a feed, a page, a site without https://, a handle.</param>
    public async Task<FindResult> FindAsync(string typed, CancellationToken cancellationToken)
    {
        var meant = TypedAddress.Read(typed, out var why);
        if (meant.Count == 0)
        {
            return new FindResult.Nothing(why.TrimEnd('.'));
        }

        var rule = SiteRules.Of(meant[0]);
        if (rule is SiteRule.None none)
        {
            return new FindResult.Nothing(none.Why);
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var search = new FeedSearch(fetcher, meant, rule);
        try
        {
            await search.RunAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What was found by then counts.
        }

        return search.Result;
    }
}
