using System.Globalization;
using AlertBot.Feeds.Health;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed list: every feed with how it is doing, the sick ones first, page by page.</summary>
internal sealed class FeedListCommand(FeedSurveyor surveyor) : IChatCommand
{
    private const int PageSize = 10;
    private const int MaxPagesInMenu = 25;

    public CommandDescription Description { get; } = new(
        "feed list", "List the feeds with how each is doing", FeedPage.OptionOf())
    {
        Example = "feed list",
        Private = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var survey = await surveyor.LookAsync(cancellationToken);
        var (page, problem) = FeedPage.Of(Description.Name, "feeds", survey.All, PageSize, invocation);
        return page is null ? problem! : Card.Answer(survey.Counts, [.. page.Shown.GroupBy(f => f.Condition.Mood).Select(g => new CardBlock.Items(g.Key.ToString(), [.. g.Select(Item)]))]) with
        {
            Footer = page.Footer,
            Actions = [.. page.Turns],
            Menu = page.Count > 2 ? new CardMenu("Go to a page", [.. Enumerable.Range(1, page.Count).Where(p => p != page.Number).Take(MaxPagesInMenu).Select(p => page.To(p, $"Page {Count(p)}"))]) : null,
        };
    }

    private static CardItem Item(SurveyedFeed surveyed)
    {
        var (feed, condition) = (surveyed.Feed, surveyed.Condition);
        var state = condition.Mood switch
        {
            FeedMood.Sick when feed.PausedAt is not null || feed.Failures == 0 => condition.Cause,
            FeedMood.Sick or FeedMood.Failing => $"{condition.Cause}; failed {(feed.Failures == 1 ? "once" : $"{Count(feed.Failures)} times in a row")}; next try {feed.NextPollAt:u}",
            FeedMood.Paused => condition.Cause is { } error ? $"paused: {error}" : "paused by a moderator",
            _ => feed.SucceededAt is null ? "not polled yet" : "polled",
        };
        return new CardItem($"{feed.Id}: {feed.Name}", feed.Address.AbsoluteUri, state, feed.SucceededAt);
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
