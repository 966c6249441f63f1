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
}
