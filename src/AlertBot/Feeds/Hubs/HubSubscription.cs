namespace AlertBot.Feeds.Hubs;

/// <summary>One subscription at a hub (WebSub, https://www.w3.org/TR/websub/).</summary>
/// <param name="Topic">The address under which the hub knows the feed, letter by letter.</param>
/// <param name="Callback">Where the hub reaches the bot.</param>
/// <param name="Secret">What the hub signs its pushes with.</param>
/// <param name="Failures">Requests in a row that the hub has not confirmed.</param>
internal sealed record HubSubscription(long Id, FeedId Feed, string Hub, string Topic, string Callback, string Secret, HubState State, int Failures);

internal enum HubState
{
    /// <summary>Wanted; the hub has not confirmed it, or no longer.</summary>
    Asked,

    /// <summary>Confirmed by the hub until its lease ends.</summary>
    Live,

    /// <summary>No longer wanted; the hub is told.</summary>
    Leaving,
}
