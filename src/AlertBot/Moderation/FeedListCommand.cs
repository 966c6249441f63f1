using System.Globalization;
using AlertBot.Feeds.Health;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed list: every feed with how it is doing, the sick ones first, page by page.</summary>
internal sealed class FeedListCommand(FeedSurveyor surveyor) : IChatCommand
{
    private const string Page = "page";
    private const int PageSize = 10;
    private const int MaxPagesInMenu = 25;

    public CommandDescription Description { get; } = new(
        "feed list", "List the feeds with how each is doing", new CommandOption(Page, "The page; the first if left out", OptionKind.Integer) { Min = 1 })
    {
        Example = "feed list",
        Private = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var survey = await surveyor.LookAsync(cancellationToken);
        var all = survey.All;
        var pages = Math.Max(1, (all.Count + PageSize - 1) / PageSize);
        var page = invocation.Find(Page) is { Length: > 0 } typed ? int.Parse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 1;
        if (page > pages)
        {
            return Card.Problem($"There is no page {Count(page)}", new CardBlock.Paragraph($"{Count(all.Count)} feeds fill {(pages == 1 ? "1 page" : $"{Count(pages)} pages")}.")) with { Actions = [To(pages, "Last page")] };
        }

        var shown = all.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        return Card.Answer(Counts(survey), [.. shown.GroupBy(f => f.Condition.Mood).Select(g => new CardBlock.Items(g.Key.ToString(), [.. g.Select(Item)]))]) with
        {
            Footer = pages > 1 ? $"Page {Count(page)} of {Count(pages)}" : null,
            Actions = [.. page > 1 ? [To(page - 1, "Previous page")] : Array.Empty<CardAction>(), .. page < pages ? [To(page + 1, "Next page")] : Array.Empty<CardAction>()],
            Menu = pages > 2 ? new CardMenu("Go to a page", [.. Enumerable.Range(1, pages).Where(p => p != page).Take(MaxPagesInMenu).Select(p => To(p, $"Page {Count(p)}"))]) : null,
        };
    }

    private static string Counts(FeedSurvey survey) =>
        $"{Count(survey.All.Count)} {(survey.All.Count == 1 ? "feed" : "feeds")}: {Count(survey.Count(FeedMood.Well))} well, {Count(survey.Count(FeedMood.Sick))} sick, "
        + $"{Count(survey.Count(FeedMood.Failing))} failing, {Count(survey.Count(FeedMood.Paused))} paused";

    private static CardAction To(int page, string label) => new(label, $"/feed list {Count(page)}") { Replaces = true };

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
