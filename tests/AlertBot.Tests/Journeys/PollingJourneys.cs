using AlertBot.Feeds;
using AlertBot.Polling;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>How feeds are asked, and what becomes of those that misbehave.</summary>
public sealed class PollingJourneys
{
    [Fact]
    public async Task A_feed_is_asked_conditionally_and_an_unchanged_one_is_no_failure()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(1)), "\"v1\"");
        await bot.TurnAsync();
        await bot.TurnAsync();
        await bot.TurnAsync();

        Assert.Equal([null, "\"v1\"", "\"v1\""], bot.Site.Requests.Select(r => r.IfNoneMatch));
        Assert.Equal(0, (await bot.FeedAsync(feed)).Failures);
        Assert.Contains("AlertBot", bot.Site.Requests.First().UserAgent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_feed_listed_by_two_people_is_fetched_once()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.SayAsync($"/feed add {bot.Site.Address("/feed")}");
        var again = await bot.SayAsync($"/feed add {bot.Site.Address("/feed")}#fragment");
        bot.Site.Requests.Clear();
        await bot.TurnAsync();

        Assert.Contains("there already", again.Title, StringComparison.Ordinal);
        Assert.Single(bot.Site.Requests);
    }

    [Fact]
    public async Task A_failing_feed_is_asked_ever_more_rarely_and_comes_back_by_itself()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        bot.Site.Answer("/feed", 500);
        for (var minute = 0; minute < 24 * 60; minute += 10)
        {
            bot.Time.Advance(TimeSpan.FromMinutes(10));
            await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        }

        var failing = await bot.FeedAsync(feed);
        Assert.InRange(bot.Site.Requests.Count, 6, 10);
        Assert.Equal(bot.Site.Requests.Count, failing.Failures);
        Assert.Contains("500", failing.LastError, StringComparison.Ordinal);

        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        bot.Time.Advance(TimeSpan.FromDays(1));
        await bot.TurnAsync();
        Assert.Equal(0, (await bot.FeedAsync(feed)).Failures);
    }

    [Fact]
    public async Task A_host_that_asks_for_a_pause_gets_it_for_all_its_feeds()
    {
        await using var bot = await BotHarness.StartAsync();
        var one = await bot.AddFeedAsync("/one", "");
        bot.Site.Answer("/one", 429, "Retry-After", "7200");
        var two = await bot.AddFeedAsync("/two", Rss.Feed());
        await bot.TurnAsync();

        Assert.Single(bot.Site.Requests);
        Assert.Equal(bot.Time.GetUtcNow() + TimeSpan.FromHours(2), (await bot.FeedAsync(one)).NextPollAt);
        Assert.Equal(bot.Time.GetUtcNow() + TimeSpan.FromHours(2), (await bot.FeedAsync(two)).NextPollAt);
    }

    [Fact]
    public async Task A_feed_that_moved_for_good_is_known_by_its_new_address()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/old", "");
        bot.Site.Answer("/old", 301, "Location", "/new");
        bot.Site.Serve("/new", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.TurnAsync();

        Assert.Equal(bot.Site.Address("/new"), (await bot.FeedAsync(feed)).Address);
        Assert.Single(await bot.StoriesAsync());
    }

    [Fact]
    public async Task A_feed_that_was_ended_is_paused_with_the_reason()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", "");
        bot.Site.Answer("/feed", 410);
        await bot.TurnAsync();
        await bot.TurnAsync();

        Assert.Single(bot.Site.Requests);
        Assert.NotNull((await bot.FeedAsync(feed)).PausedAt);
        Assert.Contains("410", (await bot.FeedAsync(feed)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_no_feed_is_a_failure_that_says_so_and_the_baseline_waits()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", "<html><body>Sorry</body></html>");
        await bot.TurnAsync();
        Assert.Contains("not a feed: an HTML page", (await bot.FeedAsync(feed)).LastError, StringComparison.Ordinal);
        Assert.Null((await bot.FeedAsync(feed)).BaselineAt);

        await bot.SayAsync("/follow north-korea");
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        bot.Time.Advance(TimeSpan.FromHours(1));
        await bot.TurnAsync();
        Assert.NotNull((await bot.FeedAsync(feed)).BaselineAt);
        Assert.Empty(await bot.AlertsAsync());
    }

    [Fact]
    public async Task A_curated_feed_that_was_removed_stays_removed_after_a_restart()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync($"/feed remove {feed.Id}");
        await bot.Get<FeedStore>().AddMissingAsync([new CatalogFeed(feed.Address, null, null)], bot.Token);

        Assert.Empty(await bot.Get<FeedStore>().ListAsync(bot.Token));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/feed")]
    [InlineData("http://localhost:1/feed")]
    [InlineData("http://[::1]:1/feed")]
    [InlineData("http://10.0.0.1/feed")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::ffff:192.168.0.1]/feed")]
    [InlineData("http://2130706433/feed")]
    [InlineData("http://0x7f.1/feed")]
    public async Task A_feed_on_a_private_network_is_refused(string address)
    {
        await using var bot = await BotHarness.StartAsync();
        var answer = await bot.SayAsync($"/feed add {address}");

        Assert.Equal(AlertBot.Platforms.CardTone.Problem, answer.Tone);
        Assert.Contains("private network", string.Concat(answer.Blocks.OfType<AlertBot.Platforms.CardBlock.Paragraph>().Select(p => p.Text)), StringComparison.Ordinal);
        Assert.Empty(await bot.Get<FeedStore>().ListAsync(bot.Token));
    }

    [Fact]
    public async Task A_redirect_into_a_private_network_is_refused()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", "");
        bot.Site.Answer("/feed", 302, "Location", "http://127.0.0.1:1/secret");
        await bot.TurnAsync();

        Assert.Contains("private network", (await bot.FeedAsync(feed)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_moderators_change_feeds()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/feed", Rss.Feed());
        var answer = await bot.SayAsync($"/feed add {bot.Site.Address("/feed")}", BotHarness.Member);

        Assert.Equal(AlertBot.Platforms.CardTone.Problem, answer.Tone);
        Assert.Empty(await bot.Get<FeedStore>().ListAsync(bot.Token));
    }
}
