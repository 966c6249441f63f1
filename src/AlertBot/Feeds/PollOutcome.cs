namespace AlertBot.Feeds;

/// <summary>What one poll changes in the state of its feed.</summary>
/// <param name="Read">A document was read as a feed; a feed's first such poll is its baseline.</param>
/// <param name="Failures">Failures in a row, this poll included.</param>
internal sealed record PollOutcome(DateTimeOffset NextPollAt, string? ETag, string? LastModified, bool Read, int Failures, string? Error)
{
    public FetchFault? Fault { get; init; }

    public string? Title { get; init; }

    public Uri? MovedTo { get; init; }

    /// <summary>The publisher ended the feed: it is paused with the reason.</summary>
    public bool Gone { get; init; }

    /// <summary>The poll brought a story that nobody had brought before.</summary>
    public bool HasNew { get; init; }

    /// <summary>The feed's normal time between new items as it is known now; null leaves what is known.</summary>
    public TimeSpan? Gap { get; init; }

    /// <summary>Items in the document; null where none was read.</summary>
    public int? EntryCount { get; init; }

    /// <summary>What the document says of itself; null where none was read.</summary>
    public FeedHints? Hints { get; init; }
}

/// <param name="Feed">As it was when it was asked.</param>
internal sealed record PolledFeed(Feed Feed, PollOutcome Outcome);
