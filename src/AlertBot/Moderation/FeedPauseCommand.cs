using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed pause: stop polling a feed for a while.</summary>
internal sealed class FeedPauseCommand(FeedStore feeds, FeedChanges changes) : IChatCommand
{
    public CommandDescription Description { get; } = new("feed pause", "Stop polling a feed for a while", FeedOption.Of(feeds)) { ModeratorsOnly = true, Changes = true, Example = "feed pause 38 North" };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) => FeedOption.WithFeedAsync(
        feeds,
        invocation,
        async feed => feed.PausedAt is not null
            ? Card.Answer($"{feed.Name} is paused already", new CardBlock.Paragraph("Nothing was changed. /feed resume polls it again."))
            : FeedOption.Changed($"Paused {feed.Name}", "It is not polled until /feed resume.", await changes.PauseAsync(feed, invocation.Origin, cancellationToken)),
        cancellationToken);
}
