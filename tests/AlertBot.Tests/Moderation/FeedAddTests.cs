using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Moderation;

public sealed class FeedAddTests
{
    [Fact]
    public async Task The_one_feed_of_a_page_is_added_with_its_samples_and_what_it_would_alert()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea");
        bot.Site.Serve("/", """<head><link rel="alternate" type="application/rss+xml" href="/feed"></head>""");
        bot.Site.Serve("/feed", Rss.Feed([.. Enumerable.Range(0, 4).Select(i => Dated(Rss.AboutNorthKorea(i), bot, TimeSpan.FromDays(14 - i)))]));

        var card = await bot.SayAsync($"/feed add {bot.Site.Endpoint}");

        Assert.Equal("Added Test Wire", card.Title);
        Assert.Contains("Alerts in this channel: about 2 a week (4 in that time)", card.Text(), StringComparison.Ordinal);
        Assert.Contains("That rests on: its 4 items of the last 14 days", card.Text(), StringComparison.Ordinal);
        Assert.Contains("Newest item: 11 days ago", card.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("Warning", card.Text(), StringComparison.Ordinal);
        var samples = Assert.Single(card.Blocks.OfType<CardBlock.Items>()).Rows;
        Assert.Equal([3, 2, 1], samples.Select(s => int.Parse(s.Text[^1..], null)));
        Assert.All(samples, s => Assert.Contains("North Korea", s.Detail, StringComparison.Ordinal));
        Assert.Equal(bot.Site.Address("/feed"), Assert.Single(await bot.Get<FeedStore>().ListAsync(bot.Token)).Address);
    }

    [Fact]
    public async Task Several_feeds_are_offered_in_a_menu_whose_choice_adds_one_under_the_title_that_was_given()
    {
        await using var bot = await BotHarness.StartAsync();
        ServeTwo(bot, Dated(Rss.AboutNorthKorea(1), bot, TimeSpan.FromHours(3)), Dated(Rss.AboutNorthKorea(2), bot, TimeSpan.FromDays(3)));

        var card = await bot.SayAsync($"/feed add {bot.Site.Address("/")} The Wire");

        Assert.Equal("2 feeds were found", card.Title);
        Assert.Contains("1 item, newest 3 hours ago", card.Text(), StringComparison.Ordinal);
        Assert.Empty(await bot.Get<FeedStore>().ListAsync(bot.Token));
        Assert.Equal("Added The Wire", (await bot.SayAsync(card.Menu!.Choices[1].Command)).Title);
        Assert.Equal(bot.Site.Address("/b"), Assert.Single(await bot.Get<FeedStore>().ListAsync(bot.Token)).Address);
    }

    [Fact]
    public async Task Of_several_the_only_one_that_lives_is_added_and_the_others_are_offered()
    {
        await using var bot = await BotHarness.StartAsync();
        ServeTwo(bot, Dated(Rss.AboutNorthKorea(1), bot, TimeSpan.FromDays(900)), Dated(Rss.AboutNorthKorea(2), bot, TimeSpan.FromDays(3)));

        var card = await bot.SayAsync($"/feed add {bot.Site.Address("/")}");

        Assert.StartsWith("Added", card.Title, StringComparison.Ordinal);
        Assert.Equal(bot.Site.Address("/b"), Assert.Single(await bot.Get<FeedStore>().ListAsync(bot.Token)).Address);
        Assert.Equal($"/feed add {bot.Site.Address("/a")}", Assert.Single(card.Menu!.Choices).Command);
    }

    [Fact]
    public async Task A_dead_feed_and_an_empty_one_are_added_with_a_warning()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/dead", Rss.Feed(Dated(Rss.AboutNorthKorea(1), bot, TimeSpan.FromDays(400))));
        bot.Site.Serve("/empty", Rss.Feed());

        Assert.Contains("Warning: its newest item is 13 months ago. It looks dead.", (await bot.SayAsync($"/feed add {bot.Site.Address("/dead")}")).Text(), StringComparison.Ordinal);
        Assert.Contains("Warning: it has no items at the moment", (await bot.SayAsync($"/feed add {bot.Site.Address("/empty")}")).Text(), StringComparison.Ordinal);
        Assert.Equal(2, (await bot.Get<FeedStore>().ListAsync(bot.Token)).Count);
    }

    [Theory]
    [InlineData(403, "cf-mitigated", "challenge", "protection against robots")]
    [InlineData(429, "Retry-After", "60", "asks us to wait until")]
    [InlineData(404, null, null, "404")]
    [InlineData(500, null, null, "500")]
    public async Task A_site_without_a_feed_for_us_is_told_in_words_and_nothing_is_added(int status, string? header, string? value, string words)
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Answer("/", status, header, value);

        var card = await bot.SayAsync($"/feed add {bot.Site.Address("/")}");

        Assert.Equal((CardTone.Problem, "No feed was found"), (card.Tone, card.Title));
        Assert.Contains(words, card.Text(), StringComparison.Ordinal);
        Assert.Contains("Nothing was added", card.Text(), StringComparison.Ordinal);
        Assert.Empty(await bot.Get<FeedStore>().ListAsync(bot.Token));
    }

    [Theory]
    [InlineData("t.me/nknews", "Telegram offers no feeds")]
    [InlineData("https://", "url must be a web address")]
    [InlineData("pyongyang", "url must be a web address")]
    public async Task What_can_t_be_a_feed_is_told_without_asking_anybody(string typed, string words)
    {
        await using var bot = await BotHarness.StartAsync();

        var card = await bot.SayAsync($"/feed add {typed}");

        Assert.Contains(words, card.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", card.Text(), StringComparison.Ordinal);
        Assert.Empty(bot.Site.Requests);
    }

    [Fact]
    public async Task A_test_shows_the_same_stores_nothing_and_has_the_button_that_adds()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/", """<link rel="alternate" type="application/rss+xml" href="/feed">""");
        bot.Site.Serve("/feed", Rss.Feed(Dated(Rss.AboutNorthKorea(1), bot, TimeSpan.FromDays(7))));

        var card = await bot.SayAsync($"/feed test {bot.Site.Address("/")}");

        Assert.Equal("Test Wire", card.Title);
        Assert.Contains("Alerts in this channel: none: this channel follows nothing yet", card.Text(), StringComparison.Ordinal);
        Assert.Contains("Nothing was stored", card.Text(), StringComparison.Ordinal);
        Assert.Empty(await bot.Get<FeedStore>().ListAsync(bot.Token));
        Assert.Equal("Added Test Wire", (await bot.SayAsync(Assert.Single(card.Actions).Command)).Title);
    }

    [Fact]
    public async Task A_feed_of_ours_that_went_is_offered_its_new_place_and_stays_the_same_feed()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/old/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.TurnAsync();
        bot.Site.Answer("/old/feed", 404);
        bot.Site.Serve("/", """<link rel="alternate" type="application/rss+xml" href="/new/feed">""");
        bot.Site.Serve("/new/feed", Rss.Feed(Rss.AboutNorthKorea(1), Rss.AboutNorthKorea(2)));

        var card = await bot.SayAsync($"/feed test {feed.Address}");
        await bot.SayAsync(Assert.Single(card.Actions).Command);

        Assert.Equal("Test Wire may have moved", card.Title);
        Assert.Equal((feed.Id, bot.Site.Address("/new/feed")), Assert.Single(await bot.Get<FeedStore>().ListAsync(bot.Token)) is var moved ? (moved.Id, moved.Address) : default);
    }

    private static RssItem Dated(RssItem item, BotHarness bot, TimeSpan age) => item with { Date = (bot.Time.GetUtcNow() - age).ToString("R") };

    private static void ServeTwo(BotHarness bot, RssItem first, RssItem second)
    {
        bot.Site.Serve("/", """<link rel="alternate" type="application/rss+xml" href="/a"><link rel="alternate" type="application/rss+xml" href="/b">""");
        bot.Site.Serve("/a", Rss.Feed(first));
        bot.Site.Serve("/b", Rss.Feed(second));
    }
}
