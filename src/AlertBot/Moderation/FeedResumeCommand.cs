using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed resume: poll a paused or failing feed again, at once.</summary>
internal sealed class FeedResumeCommand(FeedStore feeds, FeedChanges changes) : IChatCommand
{
    public CommandDescription Description { get; } = new("feed resume", "Poll a paused or failing feed again, at once", FeedOption.Of(feeds)) { ModeratorsOnly = true, Changes = true, Example = "feed resume 38 North" };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) => FeedOption.WithFeedAsync(
        feeds,
        invocation,
        async feed => FeedOption.Changed($"Resumed {feed.Name}", "It is polled at once. Its failures are forgotten.", await changes.ResumeAsync(feed, invocation.Origin, cancellationToken)),
        cancellationToken);
}
