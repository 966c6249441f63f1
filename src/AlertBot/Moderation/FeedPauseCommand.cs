using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed pause: stop polling a feed for a while.</summary>
internal sealed class FeedPauseCommand(FeedStore feeds) : IChatCommand
{
    public CommandDescription Description { get; } = new("feed pause", "Stop polling a feed for a while", FeedOption.Of(feeds)) { ModeratorsOnly = true, Changes = true, Example = "feed pause 38 North" };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) =>
        FeedOption.ChangeAsync(feeds, invocation, feeds.PauseAsync, "Paused", "It is not polled until /feed resume.", cancellationToken);
}
