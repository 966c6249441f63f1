namespace AlertBot.Feeds.Finding;

/// <summary>What a search for feeds came to: a closed set.</summary>
internal abstract record FindResult
{
    private FindResult()
    {
    }

    /// <param name="Feeds">Best first; at least one.</param>
    public sealed record Found(IReadOnlyList<FoundFeed> Feeds) : FindResult;

    /// <param name="Why">In words for a moderator, with what to do.</param>
    public sealed record Nothing(string Why) : FindResult;
}

/// <summary>A feed that was read at an address.</summary>
/// <param name="Asked">Where it was asked for.</param>
/// <param name="Address">Where it lives: behind redirects if they are permanent ones.</param>
internal sealed record FoundFeed(Uri Asked, Uri Address, ParsedFeed Feed)
{
    /// <summary>What people call it: its title, else its host.</summary>
    public string Name => Feed.Title is { Length: > 0 } title ? title : Address.Host;

    /// <summary>The date of its newest item; a date that lies in the future tells nothing. Null where no item has one.</summary>
    public DateTimeOffset? NewestAt(DateTimeOffset now) => Feed.Entries.Select(e => e.Claimed).Where(d => d <= now.AddDays(1)).Max();

    /// <summary>Its items, newest first; those without a date in the order of the feed, behind the others.</summary>
    public IReadOnlyList<FeedEntry> Newest => [.. Feed.Entries.OrderByDescending(e => e.Claimed ?? DateTimeOffset.MinValue)];
}
