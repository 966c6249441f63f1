using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed add: polls a feed from now on. It is read once first, so that a wrong address is told at once.</summary>
internal sealed class FeedAddCommand(FeedChanges feeds, FeedPreview preview) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "feed add",
        "Poll a feed from now on",
        new CommandOption("url", "The feed's address", OptionKind.Address) { Required = true },
        new CommandOption("title", "What to call it; its own title if left out", OptionKind.Rest))
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "feed add https://www.38north.org/feed/",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (!FeedAddress.TryParse(invocation["url"], out var address, out var fault))
        {
            return Card.Problem("That address can't be used", new CardBlock.Paragraph(fault));
        }

        var (found, why) = await preview.ReadAsync(address, cancellationToken);
        if (found is null)
        {
            return Card.Problem("That feed can't be read", new CardBlock.Paragraph($"{address}: {why}."), new CardBlock.Paragraph("Nothing was added."));
        }

        var (feed, number) = await feeds.AddAsync(address, invocation.Find("title")?.Trim() is { Length: > 0 } title ? title : found.Title, null, invocation.User.Name, invocation.Origin, cancellationToken);
        return number is { } added
            ? Card.Answer(
                $"Added {feed.Name}",
                new CardBlock.Paragraph($"{feed.Address} is feed {feed.Id}. What it has now goes to the archive without alerts; new stories alert from then on."),
                preview.Sample(found)) with
            { Actions = [new CardAction("All feeds", "/feed list"), UndoCommand.Of(added)] }
            : Card.Answer($"{feed.Name} is there already", new CardBlock.Paragraph($"It is feed {feed.Id}, added by {feed.AddedBy}. It is fetched once for everybody. Nothing was changed."));
    }
}
