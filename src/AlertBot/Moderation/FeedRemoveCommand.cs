using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed remove: stop polling a feed for good; its stories stay.</summary>
internal sealed class FeedRemoveCommand(FeedStore feeds, FeedChanges changes) : IChatCommand
{
    public CommandDescription Description { get; } = new("feed remove", "Stop polling a feed for good; its stories stay", FeedOption.Of(feeds)) { ModeratorsOnly = true, Changes = true, Example = "feed remove 38 North" };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) => FeedOption.WithFeedAsync(
        feeds,
        invocation,
        async feed => FeedOption.Changed($"Removed {feed.Name}", "It is no longer polled. Its stories stay, and /feed add brings it back.", await changes.RemoveAsync(feed, invocation.Origin, cancellationToken)),
        cancellationToken);
}
