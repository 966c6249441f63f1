using AlertBot.Feeds;
using AlertBot.Feeds.Finding;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed test: finds the feed behind any address and shows what it would bring. Nothing is stored.</summary>
internal sealed class FeedTestCommand(FeedStore feeds, FeedFinder finder, FeedPreview preview) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "feed test",
        "Find the feed of a site or a page and show what it would bring; nothing is stored",
        new CommandOption("url", "The address of a feed, or of a page that has one", OptionKind.Address) { Required = true })
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "feed test https://www.38north.org/feed/",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var typed = invocation["url"];
        return await finder.FindAsync(typed, cancellationToken) switch
        {
            FindResult.Nothing(var why) => Card.Problem("No feed was found", new CardBlock.Paragraph($"{typed}: {why}.")),
            FindResult.Found(var found) when await FoundFeeds.MovedAsync(feeds, typed, found, cancellationToken) is { } moved => moved,
            FindResult.Found([var one]) => Card.Answer(
                one.Name,
                [new CardBlock.Paragraph(one.Address.AbsoluteUri), .. await preview.OfAsync(one, invocation.Channel, cancellationToken), new CardBlock.Paragraph("Nothing was stored.")]) with
            {
                Actions = [new CardAction("Add this feed", $"/feed add {one.Address.AbsoluteUri}")],
            },
            FindResult.Found(var found) => FoundFeeds.Choose(found, preview, "/feed test", null),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };
    }
}
