using AlertBot.Stories;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>From a feed's item to an alert in a channel, through the whole bot.</summary>
public sealed class AlertJourneys
{
    [Fact]
    public async Task A_story_in_two_feeds_is_one_story_and_one_alert()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/one", Rss.Feed());
        await bot.AddFeedAsync("/two", Rss.Feed());
        await bot.SayAsync("/follow north-korea");
        await bot.TurnAsync();
        var story = Rss.AboutNorthKorea(1);
        bot.Site.Serve("/one", Rss.Feed(story));
        bot.Site.Serve("/two", Rss.Feed(story with { Guid = "another", Link = "http://www.wire.example/story/1/?utm_source=two#top" }));
        await bot.TurnAsync();

        Assert.Single(await bot.StoriesAsync());
        Assert.Single(await bot.AlertsAsync());
    }

    [Theory]
    [InlineData("a new date")]
    [InlineData("a new guid")]
    [InlineData("a new headline")]
    [InlineData("a new link")]
    public async Task A_story_that_comes_again_with_a_difference_alerts_nobody(string difference)
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea");
        await bot.TurnAsync();
        var story = Rss.AboutNorthKorea(1) with { Date = "Mon, 03 Jun 2024 08:00:00 GMT" };
        bot.Site.Serve("/feed", Rss.Feed(story));
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(difference switch
        {
            "a new date" => story with { Date = "Tue, 04 Jun 2024 08:00:00 GMT" },
            "a new guid" => story with { Guid = "issued-anew" },
            "a new headline" => story with { Title = "North Korea fires two missiles" },
            _ => story with { Link = "https://wire.example/story/1-north-korea-fires" },
        }));
        await bot.TurnAsync();

        Assert.Single(await bot.AlertsAsync());
        var stored = Assert.Single(await bot.StoriesAsync());
        Assert.Equal(difference == "a new headline" ? "North Korea fires two missiles" : story.Title, stored.Title);
    }

    [Fact]
    public async Task Items_without_date_guid_or_link_are_told_apart_by_their_title()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea");
        await bot.TurnAsync();
        var bare = new RssItem("North Korea opens a dam", null, null, "North Korea opened a dam.");
        bot.Site.Serve("/feed", Rss.Feed(bare, bare with { Title = "North Korea closes a dam" }));
        await bot.TurnAsync();
        await bot.TurnAsync();

        Assert.Equal(2, (await bot.StoriesAsync()).Count);
    }

    [Fact]
    public async Task One_guid_for_every_item_is_no_identity()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea");
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed([.. Enumerable.Range(1, 3).Select(n => Rss.AboutNorthKorea(n) with { Guid = "the same" })]));
        await bot.TurnAsync();

        Assert.Equal(3, (await bot.AlertsAsync()).Count);
    }

    [Fact]
    public async Task Identity_outlives_the_text()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea");
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.TurnAsync();
        bot.Time.Advance(TimeSpan.FromDays(400));
        Assert.Equal(1, await bot.Get<StoryStore>().PruneAsync(bot.Time.GetUtcNow() - TimeSpan.FromDays(365), 100, bot.Token));
        Assert.Empty(await bot.StoriesAsync());
        await bot.TurnAsync();

        Assert.Single(await bot.AlertsAsync());
        Assert.Empty(await bot.StoriesAsync());
    }
}
