namespace AlertBot.Feeds.Articles;

/// <summary>
/// Reads the articles behind teasers, as their sites allow: robots.txt and the page's own wishes are heeded, one host is asked slowly
/// and for a few at a time. Whatever goes wrong leaves the teaser and is told in the feed's status.
/// </summary>
internal sealed class ArticleReader(FeedFetcher fetcher, FeedSecrets secrets, Robots robots, ArticlePace pace, ArticleStates states, TimeProvider time)
{
    /// <summary>What is longer is no teaser.</summary>
    public const int LongestTeaser = 1200;

    private const int MostPerPoll = 10;
    private const int MaxBytes = 3_000_000;
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(1);

    /// <summary>The plain text of the articles that could be read, by their entries.</summary>
    public async Task<IReadOnlyDictionary<FeedEntry, string>> ReadAsync(Feed feed, IEnumerable<FeedEntry> entries, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<FeedEntry, string>(ReferenceEqualityComparer.Instance);
        var teasers = entries.Where(e => e.Body.Length <= LongestTeaser && e.Link is not null).ToList();
        if (teasers.Count == 0)
        {
            return texts;
        }

        var end = time.GetUtcNow() + LongestPoll;
        var closed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var error = teasers.Count > MostPerPoll ? $"{teasers.Count} came at once: only {MostPerPoll} articles are read in one poll" : null;
        foreach (var entry in teasers.Take(MostPerPoll))
        {
            var page = new Uri(entry.Link!);
            if (closed.Contains(page.Authority) || time.GetUtcNow() >= end)
            {
                continue;
            }

            var (text, why, isClosed) = await ReadAsync(feed, page, cancellationToken);
            if (text is not null && text.Length > entry.Body.Length)
            {
                texts[entry] = text;
                continue;
            }

            error = $"{page}: {(text is null ? why : "the article holds no more than the teaser")}";
            if (isClosed)
            {
                closed.Add(page.Authority);
            }
        }

        await states.RecordAsync(feed.Id, texts.Count > 0, error, cancellationToken);
        return texts;
    }

    private async Task<(string? Text, string Why, bool IsClosed)> ReadAsync(Feed feed, Uri page, CancellationToken cancellationToken)
    {
        var (rules, why) = await robots.OfAsync(page, cancellationToken);
        if (rules is null)
        {
            return (null, why, true);
        }

        if (!rules.Allows(page))
        {
            return (null, "the site's robots.txt forbids it", false);
        }

        if (!await pace.WaitAsync(page.Authority, rules.CrawlDelay, cancellationToken))
        {
            return (null, "too many articles of its site wait already", true);
        }

        return await fetcher.FetchAsync(RequestOf(feed, page), cancellationToken) switch
        {
            FetchResult.Fetched fetched when await IsAllowedAsync(page, fetched.Document.BaseAddress!, cancellationToken) =>
                await ArticlePage.ReadAsync(fetched, cancellationToken) is var (text, fault) ? (text, fault, false) : default,
            FetchResult.Fetched => (null, "it leads to a page that its site's robots.txt forbids", false),
            FetchResult.RateLimited(var until) => (null, $"the site asked for a pause until {until:u}", true),
            FetchResult.Gone => (null, "410: the article is gone", false),
            FetchResult.Failed(var fault, var failure) => (null, failure, fault is not (FetchFault.Missing or FetchFault.TooLarge or FetchFault.Redirects)),
            var other => throw new InvalidOperationException($"Unexpected {other}."),
        };
    }

    // What a redirect led to is kept only where robots may read it there, too.
    private async Task<bool> IsAllowedAsync(Uri asked, Uri reached, CancellationToken cancellationToken) =>
        asked == reached || (await robots.OfAsync(reached, cancellationToken)).Rules?.Allows(reached) == true;

    // The login of the feed goes to its own site only, as with the feed itself.
    private FetchRequest RequestOf(Feed feed, Uri page) => secrets.RequestOf(feed) with
    {
        Address = page,
        ETag = null,
        LastModified = null,
        Accept = "text/html, application/xhtml+xml, */*;q=0.1",
        MaxBytes = MaxBytes,
    };
}
