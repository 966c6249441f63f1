namespace AlertBot.Feeds;

/// <summary>What became of one request for a feed: a closed set.</summary>
internal abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <summary>Why there is no document, in words for a moderator; null where there is one or nothing changed.</summary>
    public string? Trouble => this switch
    {
        RateLimited(var until) => $"the site asks us to wait until {until:u}",
        Gone => "410: the publisher ended this feed",
        Failed(_, var why) => why,
        _ => null,
    };

    /// <summary>The feed changed, or was asked for the first time.</summary>
    /// <param name="MovedTo">Where it lives now, if every redirect on the way was a permanent one.</param>
    public sealed record Fetched(FeedDocument Document, string? ETag, string? LastModified, Uri? MovedTo) : FetchResult
    {
        /// <summary>How long the answer says that it is fresh, by Cache-Control or Expires; null where it says nothing.</summary>
        public TimeSpan? Freshness { get; init; }

        /// <summary>What the site wishes that robots do with the document, as it wrote it in X-Robots-Tag.</summary>
        public string? RobotsTag { get; init; }

        /// <summary>The site keeps the right of text and data mining to itself (https://www.w3.org/community/reports/tdmrep/).</summary>
        public bool ReservesMining { get; init; }
        /// <summary>The <c>Link</c> header as it came.</summary>
        public string? Links { get; init; }
    }

    /// <summary>304: nothing new since the last poll.</summary>
    /// <param name="Freshness">As of <see cref="Fetched"/>.</param>
    public sealed record NotModified(TimeSpan? Freshness = null) : FetchResult;

    /// <summary>The host asked to be left alone until then.</summary>
    public sealed record RateLimited(DateTimeOffset Until) : FetchResult;

    /// <summary>410: it will never come back.</summary>
    public sealed record Gone : FetchResult;

    /// <param name="Why">The cause in words for a moderator.</param>
    public sealed record Failed(FetchFault Fault, string Why) : FetchResult;
}
