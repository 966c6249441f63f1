using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>The option that names one of the bot's feeds: by number, address or title.</summary>
internal static class FeedOption
{
    public const string Name = "feed";

    public static CommandOption Of(FeedStore feeds) => new(Name, "A feed: its number, address or title", OptionKind.Rest)
    {
        Required = true,
        Suggest = typed => feeds.Listed
            .Where(f => f.Name.Contains(typed, StringComparison.OrdinalIgnoreCase) || f.Address.AbsoluteUri.Contains(typed, StringComparison.OrdinalIgnoreCase))
            .Select(f => new Choice(f.Id.ToString(), f.Name)),
    };

    /// <summary>Says what was changed of a feed.</summary>
    public static Card Changed(string done, string consequence, long number) => Card.Answer(done, new CardBlock.Paragraph(consequence)) with { Actions = [UndoCommand.Of(number)] };

    /// <summary>Answers with the feed that the invocation names, or why there is no such one.</summary>
    public static async Task<Card> WithFeedAsync(FeedStore feeds, CommandInvocation invocation, Func<Feed, Task<Card>> answer, CancellationToken cancellationToken) =>
        await FindAsync(feeds, invocation[Name].Trim(), cancellationToken) switch
        {
            [var feed] => await answer(feed),
            [] => Card.Problem($"No feed is called '{invocation[Name]}'", new CardBlock.Paragraph("/feed list shows them all with their numbers.")),
            var several => Card.Problem(
                $"{several.Count.ToString(CultureInfo.InvariantCulture)} feeds fit '{invocation[Name]}'",
                new CardBlock.Items("Name one by its number", [.. several.Take(10).Select(f => new CardItem($"{f.Id}: {f.Name}", f.Address.AbsoluteUri))])),
        };

    private static async Task<IReadOnlyList<Feed>> FindAsync(FeedStore feeds, string wanted, CancellationToken cancellationToken)
    {
        var all = await feeds.ListAsync(cancellationToken);
        var exact = all.Where(f => f.Id.ToString() == wanted || f.Address.AbsoluteUri == wanted || string.Equals(f.Title, wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return exact.Count > 0
            ? exact
            : [.. all.Where(f => f.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase) || f.Address.AbsoluteUri.Contains(wanted, StringComparison.OrdinalIgnoreCase))];
    }
}
