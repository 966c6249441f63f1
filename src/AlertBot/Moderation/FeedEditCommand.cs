using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Feeds.Articles;
using AlertBot.Platforms;
using Microsoft.Extensions.Options;

namespace AlertBot.Moderation;

/// <summary>/feed edit: shows what a feed is called, where, how and how often it is polled, in a form for changing it; elsewhere with the line to type.</summary>
internal sealed class FeedEditCommand(FeedStore feeds, FeedSecrets secrets, ArticleStates articles, IOptions<FeedsOptions> options) : IChatCommand
{
    public CommandDescription Description { get; } = new("feed edit", "Change a feed's title, address, interval or full text in a form", FeedOption.Of(feeds))
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "feed edit 38 North",
    };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) =>
        FeedOption.WithFeedAsync(feeds, invocation, async feed => Edit(feed, await articles.FindAsync(feed.Id, cancellationToken)), cancellationToken);

    private Card Edit(Feed feed, ArticleState? read) => Card.Answer(
        $"Edit {feed.Name}",
        new CardBlock.Facts(
        [
            new CardFact("Title", feed.Title ?? "its own, once it is read"),
            new CardFact("Address", feed.Address.AbsoluteUri),
            new CardFact("Interval", FeedSetCommand.Interval(feed.Interval, options.Value)),
            new CardFact("Full text", FullText(feed, read)),
            .. secrets.Of(feed.Id) is { Count: > 0 } given ? [new CardFact("Login", $"{string.Join(", ", given.Select(s => s.Name))}, for {given[0].Origin} only")] : Array.Empty<CardFact>(),
        ]),
        new CardBlock.Paragraph(
            $"To change it, type /feed set {feed.Id} with what shall be: title:\"New title\" address:https://… minutes:30 full-text:on. What you leave out stays; minutes:\"\" stands for the default interval, title:\"\" for the feed's own title.")) with
    {
        Form = new CardForm(
            "Edit feed",
            $"/feed set {feed.Id}",
            [
                new FormField(FeedSetCommand.Title, "Title (empty: the feed's own)", feed.Title ?? "") { MaxLength = FeedSetCommand.LongestTitle },
                new FormField(FeedSetCommand.Address, "Address", feed.Address.AbsoluteUri) { Required = true, MaxLength = 2000 },
                new FormField(FeedSetCommand.Minutes, "Minutes between polls (empty: the default)", Minutes(feed.Interval)) { MaxLength = 4 },
                new FormField(FeedSetCommand.FullText, "Read the articles behind teasers: on or off", FeedSetCommand.OnOff(feed.FullText)) { MaxLength = 3 },
            ]),
    };

    private static string FullText(Feed feed, ArticleState? read) => (feed.FullText, read) switch
    {
        (false, _) => "off",
        (true, { Error: { } why }) => $"on; not all of the last articles were read: {why}",
        (true, { ReadAt: not null }) => "on; the last articles were read",
        _ => "on; no article was read yet",
    };

    // A curated feed's interval need not be whole minutes.
    private static string Minutes(TimeSpan? interval) =>
        interval is { } given ? Math.Clamp((int)Math.Round(given.TotalMinutes), 1, FeedSetCommand.MostMinutes).ToString(CultureInfo.InvariantCulture) : "";
}
