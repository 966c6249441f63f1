namespace AlertBot.Stories;

/// <summary>
/// Which identities a feed's items really have: a guid or link that stands for several items says nothing. Once found out, it
/// stays so.
/// </summary>
internal readonly record struct FeedTrust(bool GuidsRepeat, bool LinksRepeat)
{
    /// <summary>Nothing is known against the feed.</summary>
    public static FeedTrust Full => default;

    public FeedTrust And(FeedTrust other) => new(GuidsRepeat || other.GuidsRepeat, LinksRepeat || other.LinksRepeat);
}
