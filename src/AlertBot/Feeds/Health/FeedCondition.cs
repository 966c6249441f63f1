namespace AlertBot.Feeds.Health;

/// <summary>How a feed is.</summary>
/// <param name="Ailment">What it suffers from; null where it is well or was paused by a moderator.</param>
/// <param name="Cause">The same in words, with what is particular to this feed.</param>
internal sealed record FeedCondition(FeedMood Mood, Ailment? Ailment = null, string? Cause = null, DateTimeOffset? Since = null);

/// <summary>In the order in which they are shown.</summary>
internal enum FeedMood
{
    /// <summary>It suffers from something that lasts: somebody should look at it.</summary>
    Sick,

    /// <summary>It failed lately, and is tried again; that may well pass.</summary>
    Failing,

    /// <summary>A moderator paused it.</summary>
    Paused,

    Well,
}
