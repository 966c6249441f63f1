using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Moderation;

public sealed class FeedSetTests
{
    [Fact]
    public async Task The_form_holds_what_is_there_now()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync($"/feed set {feed.Id} title:\"Test Wire\" minutes:30");

        var card = await bot.SayAsync("/feed edit test wire");

        Assert.Equal($"/feed set {feed.Id}", card.Form?.Command);
        Assert.Equal([("title", "Test Wire"), ("address", feed.Address.AbsoluteUri), ("minutes", "30"), ("full-text", "off")], card.Form!.Fields.Select(f => (f.Option, f.Value)));
        Assert.Contains("Interval: every 30 minutes", card.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_is_told_from_what_to_what_and_the_rest_stays()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed(), "\"v1\"");
        await bot.TurnAsync();

        var card = await bot.SayAsync($"/feed set {feed.Id} title:\"The  Wire\" minutes:5");

        Assert.Equal("Changed The Wire", card.Title);
        Assert.Contains("Title: Test Wire → The Wire", card.Text(), StringComparison.Ordinal);
        Assert.Contains("Interval: every 10 minutes, the default → every 5 minutes", card.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("Address", card.Text(), StringComparison.Ordinal);
        var after = await bot.FeedAsync(feed);
        Assert.Equal(("The Wire", feed.Address, TimeSpan.FromMinutes(5), "\"v1\""), (after.Title, after.Address, after.Interval, after.ETag));
        Assert.NotNull(after.BaselineAt);
        Assert.InRange(after.NextPollAt, bot.Time.GetUtcNow(), bot.Time.GetUtcNow() + TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("title:\"Test Wire\"")]
    [InlineData("minutes:\"\"")]
    [InlineData("")]
    public async Task Nothing_changed_is_told(string values)
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.TurnAsync();

        Assert.Contains("Nothing was changed", (await bot.SayAsync($"/feed set {feed.Id} address:{feed.Address} {values}")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_values_stand_for_the_default_interval_and_the_feeds_own_title()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync($"/feed set {feed.Id} title:Mine minutes:5");

        await bot.SayAsync($"/feed set {feed.Id} title:\"\" minutes:\"\"");
        await bot.TurnAsync();

        Assert.Equal(("Test Wire", null), ((await bot.FeedAsync(feed)).Title, (await bot.FeedAsync(feed)).Interval));
    }

    [Fact]
    public async Task A_feed_at_a_new_address_stays_the_same_feed_and_floods_nobody()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea");
        var feed = await bot.AddFeedAsync("/old", Rss.Feed(Rss.AboutNorthKorea(1)), "\"v1\"");
        await bot.TurnAsync();
        bot.Site.Serve("/new", Rss.Feed(Rss.AboutNorthKorea(1), Rss.AboutNorthKorea(2), Rss.AboutNorthKorea(3)));

        var card = await bot.SayAsync($"/feed set {feed.Id} address:{bot.Site.Address("/new")}");
        Assert.Null((await bot.FeedAsync(feed)).ETag);
        await bot.TurnAsync();

        Assert.Contains("without alerts", card.Text(), StringComparison.Ordinal);
        Assert.Equal(3, (await bot.StoriesAsync()).Count);
        Assert.Empty(await bot.AlertsAsync());

        bot.Site.Serve("/new", Rss.Feed(Rss.AboutNorthKorea(3), Rss.AboutNorthKorea(4)));
        await bot.TurnAsync();
        Assert.Equal("North Korea fires missile number 4", Assert.Single(await bot.AlertsAsync()).Title);
    }

    [Fact]
    public async Task A_poll_of_the_old_address_that_ends_later_changes_nothing_at_the_new_one()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/old", Rss.Feed());
        bot.Site.Serve("/new", Rss.Feed());
        bot.Time.Advance(TimeSpan.FromHours(1));
        var leased = Assert.Single(await bot.Get<FeedStore>().LeaseDueAsync(10, bot.Token));
        await bot.SayAsync($"/feed set {feed.Id} address:{bot.Site.Address("/new")}");

        var late = new PollOutcome(bot.Time.GetUtcNow() + TimeSpan.FromDays(1), "\"old\"", null, Read: true, Failures: 0, Error: null);
        await bot.Get<AlertBot.Storage.Database>().InTransactionAsync(t => bot.Get<FeedStore>().RecordAsync(t, [new PolledFeed(leased, late)]), bot.Token);

        var after = await bot.FeedAsync(feed);
        Assert.Equal((null, null, bot.Time.GetUtcNow()), (after.ETag, after.BaselineAt, after.NextPollAt));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        Assert.NotNull((await bot.FeedAsync(feed)).BaselineAt);
    }

    [Fact]
    public async Task A_curated_feed_that_was_moved_is_not_added_again_at_its_old_address()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/old", Rss.Feed());
        bot.Site.Serve("/new", Rss.Feed());
        await bot.SayAsync($"/feed set {feed.Id} address:{bot.Site.Address("/new")}");

        await bot.Get<FeedStore>().AddMissingAsync([new CatalogFeed(feed.Address, null, null)], bot.Token);

        Assert.Equal(bot.Site.Address("/new"), Assert.Single(await bot.Get<FeedStore>().ListAsync(bot.Token)).Address);
    }

    [Fact]
    public async Task A_feed_that_moved_by_itself_is_not_added_again_either()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/old", "");
        bot.Site.Answer("/old", 301, "Location", "/new");
        bot.Site.Serve("/new", Rss.Feed());
        await bot.TurnAsync();

        await bot.Get<FeedStore>().AddMissingAsync([new CatalogFeed(feed.Address, null, null)], bot.Token);

        Assert.Single(await bot.Get<FeedStore>().ListAsync(bot.Token));
    }

    [Fact]
    public async Task An_address_that_another_feed_has_is_refused_by_name()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/one", Rss.Feed());
        var other = await bot.AddFeedAsync("/two", Rss.Feed());
        var taken = await bot.SayAsync($"/feed set {feed.Id} title:Moved address:{other.Address}");
        await bot.SayAsync($"/feed remove {other.Id}");
        var removed = await bot.SayAsync($"/feed set {feed.Id} address:{other.Address}");

        Assert.Equal(CardTone.Problem, taken.Tone);
        Assert.Contains($"taken by feed {other.Id}", taken.Title, StringComparison.Ordinal);
        Assert.Contains("was removed", removed.Text(), StringComparison.Ordinal);
        Assert.Equal((feed.Address, feed.Title), ((await bot.FeedAsync(feed)).Address, (await bot.FeedAsync(feed)).Title));
    }

    [Theory]
    [InlineData("address:nowhere", "must be a web address")]
    [InlineData("minutes:0", "must be 1 or more")]
    [InlineData("minutes:1441", "must be 1440 or less")]
    [InlineData("minutes:often", "must be a whole number")]
    public async Task A_wrong_value_is_told_and_changes_nothing(string value, string why)
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());

        var card = await bot.SayAsync($"/feed set {feed.Id} title:Changed {value}");

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Contains(why, card.Text(), StringComparison.Ordinal);
        Assert.Equal(feed, await bot.FeedAsync(feed));
    }

    [Fact]
    public async Task An_address_that_brings_no_feed_is_refused()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        bot.Site.Serve("/page", "<html><body>Sorry</body></html>");

        var card = await bot.SayAsync($"/feed set {feed.Id} address:{bot.Site.Address("/page")}");

        Assert.Contains("not a feed: an HTML page", card.Text(), StringComparison.Ordinal);
        Assert.Equal(feed, await bot.FeedAsync(feed));
    }

    [Fact]
    public async Task A_pause_that_the_site_asked_for_stands_whatever_the_interval_is()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", "");
        bot.Site.Answer("/feed", 429, "Retry-After", "7200");
        await bot.TurnAsync();
        var before = (await bot.FeedAsync(feed)).NextPollAt;

        await bot.SayAsync($"/feed set {feed.Id} minutes:1");

        Assert.Equal(before, (await bot.FeedAsync(feed)).NextPollAt);
    }

    [Fact]
    public async Task Only_moderators_edit_feeds()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());

        Assert.Equal(CardTone.Problem, (await bot.SayAsync($"/feed edit {feed.Id}", BotHarness.Member)).Tone);
        Assert.Equal(CardTone.Problem, (await bot.SayAsync($"/feed set {feed.Id} title:Mine", BotHarness.Member)).Tone);
        Assert.Equal(feed, await bot.FeedAsync(feed));
    }
}
