namespace AlertBot.Feeds;

/// <summary>What became of a document: a feed, or the plain reason why it is none.</summary>
internal abstract record FeedReading
{
    private FeedReading()
    {
    }

    /// <summary>A feed, perhaps with no entries.</summary>
    internal sealed record Parsed(ParsedFeed Feed) : FeedReading;

    /// <summary>No feed. <paramref name="Why"/> says what it is instead, as in "an HTML page".</summary>
    internal sealed record NotAFeed(string Why) : FeedReading;
}
