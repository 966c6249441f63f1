using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed test: reads a feed once and shows what it would bring. Nothing is stored.</summary>
internal sealed class FeedTestCommand(FeedPreview preview) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "feed test", "Read a feed once and show what it would bring", new CommandOption("url", "The feed's address", OptionKind.Address) { Required = true })
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "feed test https://www.38north.org/feed/",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (!FeedAddress.TryParse(invocation["url"], out var address, out var fault))
        {
            return Card.Problem("That address can't be used", new CardBlock.Paragraph(fault));
        }

        var (feed, why) = await preview.ReadAsync(address, cancellationToken);
        return feed is null
            ? Card.Problem("That feed can't be read", new CardBlock.Paragraph($"{address}: {why}."))
            : Card.Answer(
                feed.Title ?? address.Host,
                new CardBlock.Facts([new CardFact("Format", feed.Format), new CardFact("Items", feed.Entries.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))]),
                preview.Sample(feed),
                new CardBlock.Paragraph("Nothing was stored.")) with
            { Actions = [new CardAction("Add this feed", $"/feed add {address}")] };
    }
}
