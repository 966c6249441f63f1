using AlertBot.Feeds;
using AlertBot.Feeds.Finding;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed add: finds the feed behind any address and polls it from now on; several are offered, and a wrong address is told at once.</summary>
internal sealed class FeedAddCommand(FeedStore feeds, FeedFinder finder, FeedPreview preview, FeedLogins logins) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "feed add",
        "Find the feed of a site, a page or a channel and poll it from now on",
        new CommandOption("url", "The address of a feed, or of a page that has one", OptionKind.Address) { Required = true },
        new CommandOption("title", "What to call it; its own title if left out", OptionKind.Rest))
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "feed add https://www.38north.org/feed/",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (typed, title) = (invocation["url"], invocation.Find("title")?.Trim() is { Length: > 0 } named ? named : null);
        if (await logins.AddAsync(typed, title, invocation, cancellationToken) is { } withLogin)
        {
            return withLogin;
        }

        return await finder.FindAsync(typed, cancellationToken) switch
        {
            FindResult.Nothing(var why) => Card.Problem("No feed was found", new CardBlock.Paragraph($"{typed}: {why}."), new CardBlock.Paragraph("Nothing was added.")),
            FindResult.Found(var found) when await FoundFeeds.MovedAsync(feeds, typed, found, cancellationToken) is { } moved => moved,
            FindResult.Found(var found) when FoundFeeds.OnlyGood(found, preview) is { } one => await AddAsync(one, [.. found.Where(f => f != one)], title, invocation, cancellationToken),
            FindResult.Found(var found) => FoundFeeds.Choose(found, preview, "/feed add", title),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };
    }

    private async Task<Card> AddAsync(FoundFeed found, IReadOnlyList<FoundFeed> others, string? title, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (feed, added) = await feeds.AddAsync(found.Address, title ?? found.Feed.Title, null, invocation.User.Name, cancellationToken);
        return added
            ? Card.Answer(
                $"Added {feed.Name}",
                [
                    new CardBlock.Paragraph($"{feed.Address} is feed {feed.Id}. What it has now goes to the archive without alerts; new stories alert from then on."),
                    .. await preview.OfAsync(found, invocation.Channel, cancellationToken),
                ]) with
            {
                Actions = [new CardAction("All feeds", "/feed list")],
                Menu = others.Count == 0 ? null : FoundFeeds.Menu("Other feeds there", others, preview, "/feed add", null),
            }
            : Card.Answer($"{feed.Name} is there already", new CardBlock.Paragraph($"It is feed {feed.Id}, added by {feed.AddedBy}. It is fetched once for everybody. Nothing was changed."));
    }
}
