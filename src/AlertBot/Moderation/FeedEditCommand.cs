using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Platforms;
using Microsoft.Extensions.Options;

namespace AlertBot.Moderation;

/// <summary>/feed edit: shows what a feed is called, where and how often it is polled, in a form for changing it; elsewhere with the line to type.</summary>
internal sealed class FeedEditCommand(FeedStore feeds, IOptions<FeedsOptions> options) : IChatCommand
{
    public CommandDescription Description { get; } = new("feed edit", "Change a feed's title, address or interval in a form", FeedOption.Of(feeds))
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "feed edit 38 North",
    };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) =>
        FeedOption.WithFeedAsync(feeds, invocation, feed => Task.FromResult(Edit(feed)), cancellationToken);

    private Card Edit(Feed feed) => Card.Answer(
        $"Edit {feed.Name}",
        new CardBlock.Facts(
        [
            new CardFact("Title", feed.Title ?? "its own, once it is read"),
            new CardFact("Address", feed.Address.AbsoluteUri),
            new CardFact("Interval", FeedSetCommand.Interval(feed.Interval, options.Value)),
        ]),
        new CardBlock.Paragraph(
            $"To change it, type /feed set {feed.Id} with what shall be: title:\"New title\" address:https://… minutes:30. What you leave out stays; minutes:\"\" stands for the default interval, title:\"\" for the feed's own title.")) with
    {
        Form = new CardForm(
            "Edit feed",
            $"/feed set {feed.Id}",
            [
                new FormField(FeedSetCommand.Title, "Title (empty: the feed's own)", feed.Title ?? "") { MaxLength = FeedSetCommand.LongestTitle },
                new FormField(FeedSetCommand.Address, "Address", feed.Address.AbsoluteUri) { Required = true, MaxLength = 2000 },
                new FormField(FeedSetCommand.Minutes, "Minutes between polls (empty: the default)", Minutes(feed.Interval)) { MaxLength = 4 },
            ]),
    };

    // A curated feed's interval need not be whole minutes.
    private static string Minutes(TimeSpan? interval) =>
        interval is { } given ? Math.Clamp((int)Math.Round(given.TotalMinutes), 1, FeedSetCommand.MostMinutes).ToString(CultureInfo.InvariantCulture) : "";
}
