using System.Globalization;
using AlertBot.Feeds.Health;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed health: the sick feeds, the worst first, each with its cause, what to do and the buttons to do it.</summary>
internal sealed class FeedHealthCommand(FeedSurveyor surveyor, ModeratorRoles moderators) : IChatCommand
{
    private const string CutOff = "The bot itself seems to be offline";

    // With four buttons each, and two to turn the page, a card of any platform holds so many.
    private const int PageSize = 5;

    public CommandDescription Description { get; } = new(
        "feed health", "Show the sick feeds, each with its cause and what to do", FeedPage.OptionOf())
    {
        Example = "feed health",
        Private = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var survey = await surveyor.LookAsync(cancellationToken);
        var sick = survey.Sick;
        if (sick.Count == 0)
        {
            return NoneSick(survey);
        }

        var (page, problem) = FeedPage.Of(Description.Name, "sick feeds", sick, PageSize, invocation);
        if (page is null)
        {
            return problem!;
        }

        var mayAct = moderators.Moderates(invocation);
        return Card.Problem(survey.Outage is null ? $"{Count(sick.Count)} of {Feeds(survey.All.Count)} {(sick.Count == 1 ? "is" : "are")} sick" : CutOff, [.. Offline(survey), .. page.Shown.SelectMany(Told), .. Failing(survey)]) with
        {
            Footer = page.Footer,
            Actions =
            [
                .. page.Turns,
                .. mayAct ? page.Shown.SelectMany(f => FeedHealthCard.ActionsOn(f, sick.Count == 1 ? "" : $" {f.Feed.Id}")) : [],
            ],
        };
    }

    private static Card NoneSick(FeedSurvey survey) => Card.Answer(
        survey switch
        {
            { Outage: not null } => CutOff,
            { All.Count: 0 } => "There are no feeds yet",
            _ when survey.Count(FeedMood.Failing) > 0 => "No feed is sick",
            { All.Count: 1 } => "The one feed is well",
            _ => $"All {Feeds(survey.All.Count)} are well",
        },
        [
            .. Offline(survey),
            .. survey.All.Count == 0 ? [new CardBlock.Paragraph("/feed add and an address adds one, /setup feeds a whole pack.")] : Array.Empty<CardBlock>(),
            .. Failing(survey),
            .. survey.Count(FeedMood.Paused) is > 0 and var paused ? [new CardBlock.Paragraph($"{Feeds(paused)} {(paused == 1 ? "is" : "are")} paused by moderators.")] : Array.Empty<CardBlock>(),
        ]);

    private static IEnumerable<CardBlock> Told(SurveyedFeed feed)
    {
        yield return new CardBlock.Items(null, [FeedHealthCard.Row(feed, $"since {feed.Condition.Since:u}")]);
        var next = feed.Feed.PausedAt is null ? $"next try {feed.Feed.NextPollAt:u}" : "not tried any more";
        yield return new CardBlock.Paragraph($"Last read {(feed.Feed.SucceededAt is { } read ? $"{read:u}" : "never")}; {next}.\n{feed.Condition.Ailment!.Advice}");
    }

    private static IEnumerable<CardBlock> Offline(FeedSurvey survey) => survey.Outage is { } outage
        ? [new CardBlock.Paragraph($"Since {outage.BeganAt:u} the bot reaches nearly no site: that is its own network, DNS or clock, not the feeds. Ask whoever runs the bot.")]
        : [];

    private static IEnumerable<CardBlock> Failing(FeedSurvey survey) => survey.Count(FeedMood.Failing) is > 0 and var failing
        ? [new CardBlock.Paragraph($"{Feeds(failing)} failed lately and {(failing == 1 ? "is" : "are")} tried again; that may well pass: /feed list.")]
        : [];

    private static string Feeds(int number) => $"{Count(number)} {(number == 1 ? "feed" : "feeds")}";

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
