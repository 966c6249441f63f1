using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Feeds.Health;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>What moderators are told of feeds that are sick or well again. A function of values.</summary>
internal static class FeedHealthCard
{
    private const int MostFeeds = 12;

    public static CardAction All { get; } = new("All sick feeds", "/feed health");

    public static Card Sick(IReadOnlyList<SurveyedFeed> feeds, DateTimeOffset now) => Card.Problem(
        feeds is [var only] ? $"{only.Feed.Name} is sick" : $"{Count(feeds.Count)} feeds are sick",
        [
            .. feeds.Take(MostFeeds).GroupBy(f => f.Condition.Ailment!).SelectMany(g => new CardBlock[]
            {
                new CardBlock.Items(null, [.. g.Select(f => Row(f, $"since {f.Condition.Since:u}"))]),
                new CardBlock.Paragraph(g.Key.Advice),
            }),
            .. More(feeds.Count),
        ]) with
    {
        At = now,
        Footer = "It is told once, and once more when it is well again. /feed health shows how the feeds are now.",
        Actions = feeds is [var one] ? [.. ActionsOn(one, ""), All] : [All],
    };

    /// <param name="feeds">Each with when it was reported sick.</param>
    public static Card Well(IReadOnlyList<(Feed Feed, DateTimeOffset SickSince)> feeds, DateTimeOffset now) => Card.Answer(
        feeds is [var only] ? $"{only.Feed.Name} is well again" : $"{Count(feeds.Count)} feeds are well again",
        [
            new CardBlock.Items(null, [.. feeds.Take(MostFeeds).Select(f => new CardItem($"{f.Feed.Id}: {f.Feed.Name}", f.Feed.Address.AbsoluteUri, $"was reported sick at {f.SickSince:u}"))]),
            .. More(feeds.Count),
        ]) with
    { At = now };

    public static Card Offline(Outage outage, DateTimeOffset ended, int feeds) => Card.Problem(
        "The bot itself was offline",
        new CardBlock.Paragraph(
            $"From {outage.BeganAt:u} to {ended:u}, {Spoken.Of(ended - outage.BeganAt)}, it reached nearly none of the {Count(feeds)} feeds. It reaches them again now."),
        new CardBlock.Paragraph("The feeds are not to blame, and are asked again within minutes: what they still show that is new comes now. Whoever runs the bot can look at its network, its DNS and its clock: /doctor.")) with
    {
        At = ended,
        Actions = [new CardAction("Check everything", "/doctor")],
    };

    /// <param name="number">Behind the label, where several feeds are shown.</param>
    public static IEnumerable<CardAction> ActionsOn(SurveyedFeed feed, string number)
    {
        var id = feed.Feed.Id;
        yield return feed.Condition.Ailment?.WantsSite == true
            ? new CardAction($"Look for its feeds{number}", $"/feed test {feed.Feed.Address.GetLeftPart(UriPartial.Authority)}/")
            : new CardAction($"Test{number}", $"/feed test {feed.Feed.Address.AbsoluteUri}");
        yield return new CardAction($"Resume{number}", $"/feed resume {id}");
        if (feed.Feed.PausedAt is null)
        {
            yield return new CardAction($"Pause{number}", $"/feed pause {id}");
        }

        yield return new CardAction($"Remove{number}", $"/feed remove {id}");
    }

    public static CardItem Row(SurveyedFeed feed, string more) => new($"{feed.Feed.Id}: {feed.Feed.Name}", feed.Feed.Address.AbsoluteUri, $"{feed.Condition.Cause}; {more}");

    private static IEnumerable<CardBlock> More(int feeds)
    {
        if (feeds > MostFeeds)
        {
            yield return new CardBlock.Paragraph($"and {Count(feeds - MostFeeds)} more");
        }
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
