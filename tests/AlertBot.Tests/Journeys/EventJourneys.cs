using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>What a channel sees of a happening that several outlets tell.</summary>
public sealed class EventJourneys
{
    private const string Wire =
        "North Korea said that two drivers died when a ferry caught fire off the port of Wonsan. The other 187 people on board the Hanbit were taken off by fishing boats before dawn. " +
        "Officials suspect the battery of an electric truck on the lower deck. The ferry was on its way from Rason with potatoes and cloth.";

    private static readonly Telling[] Tellings =
    [
        new("yonhap.example", "Yonhap", "North Korea says two died in ferry fire off Wonsan", Wire),
        new("herald.example", "Herald", "Ferry fire kills two, North Korea says", "WONSAN (Yonhap) - " + Wire),
        new("post.example", "Post", "North Korea ferry fire: truck battery suspected", "Passengers of the ferry Hanbit told of smoke on the stairs. Two drivers lost their lives off Wonsan, North Korea said, and boats saved 187 others."),
        new("times.example", "Times", "Two drivers dead as ferry burns near Wonsan, North Korea", "A ferry with an electric truck on board burned near the port of Wonsan in North Korea. Two men died. The Hanbit carried 189 people and came from Rason."),
        new("courier.example", "Courier", "North Korea admits deadly ferry fire", "In a rare report North Korea told of a fire on the ferry Hanbit off Wonsan in which two truck drivers died. Fishing boats took 187 people off."),
    ];

    [Fact]
    public async Task Five_outlets_make_one_alert_that_grows_through_a_restart()
    {
        await using var bot = await WithFeedsAsync();
        await bot.SayAsync("/follow mentions:north-korea");
        await bot.SayAsync("/follow mentions:north-korea", channel: "a", platform: "scripted");
        await TellAsync(bot, Tellings[0]);
        Assert.Empty(Outlets(Assert.Single(await bot.AlertsAsync())));

        await TellAsync(bot, Tellings[1]);
        Assert.Contains("2 outlets · first Yonhap 09:30 UTC · 1 independent", Outlets(Assert.Single(await bot.AlertsAsync())).Single().Heading, StringComparison.Ordinal);

        await bot.RestartAsync();
        foreach (var telling in Tellings[2..])
        {
            await TellAsync(bot, telling);
        }

        var alert = Assert.Single(await bot.AlertsAsync());
        var grown = Outlets(alert).Single();
        Assert.Equal(Tellings[0].Title, alert.Title);
        Assert.StartsWith("5 outlets · first Yonhap", grown.Heading, StringComparison.Ordinal);
        Assert.EndsWith("4 independent", grown.Heading, StringComparison.Ordinal);
        Assert.Equal(Tellings[1..].Select(t => (t.Title, t.Link, t.Name)), grown.Rows.Select(r => (r.Text, r.Link!, r.Detail!)));
        Assert.Single(bot.Scripted.Messages);
        Assert.Equal(4, bot.Scripted.Edited.Count);
    }

    [Fact]
    public async Task Why_tells_what_joined_the_outlets()
    {
        await using var bot = await WithFeedsAsync();
        await bot.SayAsync("/follow mentions:north-korea");
        await TellAsync(bot, Tellings[0]);
        Assert.DoesNotContain(Outlets(await bot.SayAsync("/why")), i => i.Heading == "What the outlets of this event share");

        await TellAsync(bot, Tellings[1]);
        var shared = Outlets(await bot.SayAsync("/why")).Single(i => i.Heading == "What the outlets of this event share");
        Assert.Equal("Yonhap · the first", shared.Rows[0].Detail);
        Assert.StartsWith("Herald · shares ", shared.Rows[1].Detail, StringComparison.Ordinal);
        Assert.Contains("wonsan", shared.Rows[1].Detail, StringComparison.Ordinal);
        Assert.EndsWith(" · mostly a copy", shared.Rows[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_further_story_of_the_same_outlet_changes_nothing()
    {
        await using var bot = await WithFeedsAsync();
        await bot.SayAsync("/follow mentions:north-korea", channel: "a", platform: "scripted");
        await TellAsync(bot, Tellings[0]);
        await TellAsync(bot, Tellings[0] with { Title = "North Korea says two died in ferry fire off Wonsan; inquiry begins", Path = "2" });

        Assert.Equal(2, (await bot.StoriesAsync()).Count);
        Assert.Single(bot.Scripted.Messages);
        Assert.Empty(bot.Scripted.Edited);
    }

    [Fact]
    public async Task Two_look_alikes_make_two_alerts()
    {
        await using var bot = await WithFeedsAsync();
        await bot.SayAsync("/follow mentions:north-korea");
        await TellAsync(bot, Launch("yonhap.example", "Yonhap", "fires ballistic missile", "a ballistic missile from Sinri", "600"));
        await TellAsync(bot, Launch("herald.example", "Herald", "launches missile, South says", "a missile from the area of Sinri", "600"));
        bot.Time.Advance(TimeSpan.FromDays(3));
        await bot.RestartAsync();
        await TellAsync(bot, Launch("post.example", "Post", "fires another missile", "another ballistic missile, from Wonsan,", "340"));
        await TellAsync(bot, Launch("times.example", "Times", "launches second missile in a week", "its second missile in a week, from Wonsan,", "340"));

        Assert.Equal(
            [("North Korea fires ballistic missile", "2 outlets"), ("North Korea fires another missile", "2 outlets")],
            (await bot.AlertsAsync()).Select(a => (a.Title, Outlets(a).Single().Heading![..9])));

        Telling Launch(string host, string name, string title, string what, string distance) => new(
            host, name, "North Korea " + title,
            $"North Korea fired {what} into the East Sea on {bot.Time.GetUtcNow().DayOfWeek}, the South Korean military said. It flew {distance} kilometers, the Joint Chiefs of Staff said.");
    }

    [Fact]
    public async Task A_channel_that_follows_what_only_a_later_story_has_is_alerted_by_that()
    {
        await using var bot = await WithFeedsAsync();
        await bot.SayAsync("/follow mentions:north-korea");
        await bot.SayAsync("/follow mentions:japan", channel: "other");
        await TellAsync(bot, Tellings[0]);
        Assert.Empty(await bot.AlertsAsync("other"));

        var later = Tellings[2] with { Text = Tellings[2].Text + " Japan offered help." };
        await TellAsync(bot, later);
        await TellAsync(bot, Tellings[3] with { Text = Tellings[3].Text + " Japan was silent." });

        Assert.Equal(Tellings[0].Title, Assert.Single(await bot.AlertsAsync()).Title);
        var own = Assert.Single(await bot.AlertsAsync("other"));
        Assert.Equal(later.Title, own.Title);
        Assert.Equal([Tellings[0].Title, Tellings[3].Title], Outlets(own).Single().Rows.Select(r => r.Text));
    }

    private static IEnumerable<CardBlock.Items> Outlets(Card alert) => alert.Blocks.OfType<CardBlock.Items>();

    private static async Task<BotHarness> WithFeedsAsync()
    {
        var bot = await BotHarness.StartAsync();
        foreach (var telling in Tellings)
        {
            await bot.AddFeedAsync(telling.Feed, telling.Document());
        }

        await bot.TurnAsync();
        return bot;
    }

    private static async Task TellAsync(BotHarness bot, Telling telling)
    {
        bot.Site.Serve(telling.Feed, telling.Document(new RssItem(telling.Title, telling.Link, telling.Link, telling.Text)));
        await bot.TurnAsync();
    }

    private sealed record Telling(string Host, string Name, string Title, string Text, string Path = "1")
    {
        public string Feed => "/" + Host;

        public string Link => $"https://{Host}/{Path}";

        public string Document(params RssItem[] items) => Rss.Feed(items).Replace("Test Wire", Name, StringComparison.Ordinal);
    }
}
