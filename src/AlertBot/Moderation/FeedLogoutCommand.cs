using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed logout: deletes the login and the headers of a feed.</summary>
internal sealed class FeedLogoutCommand(FeedStore feeds, FeedSecrets secrets) : IChatCommand
{
    public CommandDescription Description { get; } = new("feed logout", "Delete the login and the headers that a feed was given", FeedOption.Of(feeds))
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "feed logout 12",
    };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) => FeedOption.WithFeedAsync(
        feeds,
        invocation,
        async feed =>
        {
            var stored = secrets.Of(feed.Id);
            if (stored.Count == 0)
            {
                return Card.Answer($"{feed.Name} has no login", new CardBlock.Paragraph("Nothing was changed."));
            }

            await secrets.RemoveAsync(feed, null, invocation.User.Name, invocation.Channel.ToString(), cancellationToken);
            return Card.Answer(
                $"Deleted the login of {feed.Name}",
                new CardBlock.Paragraph($"It is asked for without {string.Join(", ", stored.Select(s => s.Name))} from now on."));
        },
        cancellationToken);
}
