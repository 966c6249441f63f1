using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Feeds.Health;
using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Dapper;

namespace AlertBot.Tests.Journeys;

/// <summary>What moderators are told of feeds that fall sick and get well.</summary>
public sealed class FeedHealthJourneys
{
    [Fact]
    public async Task A_feed_that_fails_for_a_day_is_told_once_and_once_when_it_is_well_again()
    {
        await using var bot = await StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await LiveAsync(bot, TimeSpan.FromHours(1));
        bot.Site.Answer("/feed", 503);
        await LiveAsync(bot, TimeSpan.FromHours(22));
        Assert.Empty(bot.Scripted.Shown);

        await LiveAsync(bot, TimeSpan.FromDays(3));
        var sick = Assert.Single(bot.Scripted.Messages.Values);
        Assert.Equal(new ChannelAddress("scripted", "mods"), sick.To);
        Assert.Equal("Test Wire is sick", sick.Card.Title);
        Assert.Contains("503: the site has a fault of its own", sick.Card.Text(), StringComparison.Ordinal);
        Assert.Contains(Ailment.Of(FetchFault.Site).Advice, sick.Card.Text(), StringComparison.Ordinal);
        Assert.Contains($"Remove: /feed remove {feed.Id}", sick.Card.Text(), StringComparison.Ordinal);

        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(2)));
        await LiveAsync(bot, TimeSpan.FromDays(3));
        Assert.Equal(["Test Wire is sick", "Test Wire is well again"], bot.Scripted.Shown.Select(s => s.Title));
    }

    [Fact]
    public async Task A_feed_that_is_not_found_is_told_the_same_day_with_a_way_to_find_it()
    {
        await using var bot = await StartAsync();
        await bot.AddFeedAsync("/feed", "");
        bot.Site.Answer("/feed", 404);
        await LiveAsync(bot, TimeSpan.FromHours(5));

        Assert.Contains($"Look for its feeds: /feed test {bot.Site.Address("/")}", Assert.Single(bot.Scripted.Messages.Values).Card.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_was_ended_is_told_at_once()
    {
        await using var bot = await StartAsync();
        await bot.AddFeedAsync("/feed", "");
        bot.Site.Answer("/feed", 410);
        await LiveAsync(bot, TimeSpan.FromMinutes(10));

        Assert.Contains("410: the publisher ended this feed", Assert.Single(bot.Scripted.Messages.Values).Card.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feeds_that_fall_sick_together_stand_on_one_card()
    {
        await using var bot = await StartAsync();
        for (var number = 0; number < 40; number++)
        {
            await bot.AddFeedAsync($"/{number}", "");
            bot.Site.Answer($"/{number}", 404);
        }

        await LiveAsync(bot, TimeSpan.FromDays(2));

        var card = Assert.Single(bot.Scripted.Messages.Values).Card;
        Assert.Equal("40 feeds are sick", card.Title);
        Assert.Contains("and 28 more", card.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_comes_and_goes_is_not_told_again_and_again()
    {
        await using var bot = await StartAsync();
        await bot.AddFeedAsync("/feed", "");
        for (var round = 0; round < 7; round++)
        {
            bot.Site.Answer("/feed", 404);
            await LiveAsync(bot, TimeSpan.FromHours(12));
            bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
            await LiveAsync(bot, TimeSpan.FromHours(24));
        }

        Assert.Equal(["127.0.0.1 is sick", "Test Wire is well again", "Test Wire is sick", "Test Wire is well again", "Test Wire is sick"], bot.Scripted.Shown.Select(s => s.Title));

        await LiveAsync(bot, TimeSpan.FromDays(4));
        Assert.Equal("Test Wire is well again", bot.Scripted.Shown[^1].Title);
        Assert.Equal(6, bot.Scripted.Shown.Count);
    }

    [Fact]
    public async Task When_the_bot_itself_is_cut_off_that_is_told_once_it_is_back_and_no_feed_is_blamed()
    {
        var sites = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => FeedSite.StartAsync()));
        var settings = sites.Select((s, i) => ($"Feeds:AllowedPrivateEndpoints:{i + 1}", (string?)s.Endpoint.ToString())).ToDictionary(s => s.Item1, s => s.Item2);
        await using var bot = await StartAsync(settings);
        foreach (var site in sites)
        {
            site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
            await bot.Get<FeedStore>().AddAsync(site.Address("/feed"), null, null, "test", bot.Token);
        }

        var dead = await bot.AddFeedAsync("/dead", "");
        bot.Site.Answer("/dead", 404);
        await LiveAsync(bot, TimeSpan.FromHours(2));
        Array.ForEach(sites, s => s.HangUp("/feed"));
        bot.Site.HangUp("/dead");
        await LiveAsync(bot, TimeSpan.FromDays(2));

        Assert.Empty(bot.Scripted.Shown);
        Assert.Equal("The bot itself seems to be offline", (await bot.SayAsync("/feed health")).Title);
        Assert.Contains("its own network, DNS or clock", (await bot.SayAsync("/feed health")).Text(), StringComparison.Ordinal);

        Array.ForEach(sites, s => s.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1))));
        bot.Site.Answer("/dead", 404);
        await LiveAsync(bot, TimeSpan.FromDays(1));
        Assert.Equal("The bot itself was offline", bot.Scripted.Shown[0].Title);
        Assert.Contains("nearly none of the 6 feeds", bot.Scripted.Messages.Values.First().Card.Text(), StringComparison.Ordinal);
        Assert.Equal(["The bot itself was offline", "127.0.0.1 is sick"], bot.Scripted.Shown.Select(s => s.Title));
        Assert.All((await bot.Get<FeedStore>().ListAsync(bot.Token)).Where(f => f.Id != dead.Id), f => Assert.Equal(0, f.Failures));
        await Task.WhenAll(sites.Select(s => s.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Once_the_bot_is_back_the_feeds_are_asked_within_minutes_however_long_they_were_to_wait()
    {
        var sites = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => FeedSite.StartAsync()));
        var settings = sites.Select((s, i) => ($"Feeds:AllowedPrivateEndpoints:{i + 1}", (string?)s.Endpoint.ToString())).ToDictionary(s => s.Item1, s => s.Item2);
        await using var bot = await StartAsync(settings);
        foreach (var site in sites)
        {
            site.HangUp("/feed");
            await bot.Get<FeedStore>().AddAsync(site.Address("/feed"), null, null, "test", bot.Token);
        }

        await LiveAsync(bot, TimeSpan.FromDays(2));
        Array.ForEach(sites, s => s.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1))));
        foreach (var feed in (await bot.Get<FeedStore>().ListAsync(bot.Token)).Take(3))
        {
            await bot.SayAsync($"/feed resume {feed.Id}");
        }

        await LiveAsync(bot, TimeSpan.FromMinutes(20));

        Assert.All(await bot.Get<FeedStore>().ListAsync(bot.Token), f => Assert.NotNull(f.SucceededAt));
        await Task.WhenAll(sites.Select(s => s.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_feed_that_fell_silent_is_told_and_told_well_when_it_speaks()
    {
        await using var bot = await StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await LiveAsync(bot, TimeSpan.FromHours(1));
        await SpeaksAsync(bot, feed, bot.Time.GetUtcNow(), TimeSpan.FromDays(2));
        await LiveAsync(bot, TimeSpan.FromDays(5));
        Assert.Empty(bot.Scripted.Shown);

        await LiveAsync(bot, TimeSpan.FromDays(2));
        Assert.Contains("no new item for 6 days; it used to bring one about every 2 days", Assert.Single(bot.Scripted.Messages.Values).Card.Text(), StringComparison.Ordinal);

        await SpeaksAsync(bot, feed, bot.Time.GetUtcNow(), TimeSpan.FromDays(2));
        await LiveAsync(bot, TimeSpan.FromHours(2));
        Assert.Equal(["Test Wire is sick", "Test Wire is well again"], bot.Scripted.Shown.Select(s => s.Title));
    }

    [Fact]
    public async Task A_kill_between_the_record_and_the_notice_loses_nothing_and_doubles_nothing()
    {
        await using var bot = await StartAsync();
        await bot.AddFeedAsync("/feed", "");
        bot.Site.Answer("/feed", 404);
        await LiveAsync(bot, TimeSpan.FromHours(5), deliver: false);
        await bot.RestartAsync();
        await bot.Get<FeedHealthReporter>().SweepAsync(bot.Token);
        await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);

        Assert.Single(bot.Scripted.Shown);
    }

    [Fact]
    public async Task A_report_whose_notice_can_not_be_written_is_not_written_either()
    {
        await using var bot = await StartAsync(storage: StorageProvider.Sqlite);
        await bot.AddFeedAsync("/feed", "");
        bot.Site.Answer("/feed", 404);
        await LiveAsync(bot, TimeSpan.FromHours(2));
        await ExecuteAsync(bot, "CREATE TRIGGER full BEFORE INSERT ON notices BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
        await Assert.ThrowsAnyAsync<Exception>(() => LiveAsync(bot, TimeSpan.FromHours(3)));
        Assert.Empty(await bot.Get<FeedReports>().ListAsync(bot.Token));

        await ExecuteAsync(bot, "DROP TRIGGER full");
        await LiveAsync(bot, TimeSpan.FromHours(3));
        Assert.Single(bot.Scripted.Shown);
    }

    [Fact]
    public async Task What_nobody_was_told_yet_is_withdrawn_when_the_feed_is_well()
    {
        await using var bot = await StartAsync();
        await bot.AddFeedAsync("/one", "");
        await bot.AddFeedAsync("/two", "");
        bot.Site.Answer("/one", 404);
        bot.Site.Answer("/two", 404);
        await LiveAsync(bot, TimeSpan.FromHours(5), deliver: false);
        bot.Site.Serve("/one", Rss.Feed(Rss.AboutNorthKorea(1)).Replace("Test Wire", "The One", StringComparison.Ordinal));
        await LiveAsync(bot, TimeSpan.FromHours(12), deliver: false);
        await LiveAsync(bot, TimeSpan.FromDays(3));

        var card = Assert.Single(bot.Scripted.Messages.Values).Card;
        Assert.Equal("127.0.0.1 is sick", card.Title);
        Assert.DoesNotContain("The One", card.Text(), StringComparison.Ordinal);

        bot.Site.Serve("/two", Rss.Feed(Rss.AboutNorthKorea(1)));
        await LiveAsync(bot, TimeSpan.FromDays(2));
        Assert.Equal(["127.0.0.1 is sick", "Test Wire is well again"], bot.Scripted.Shown.Select(s => s.Title));
    }

    [Fact]
    public async Task A_channel_that_is_chosen_later_is_told_of_what_is_sick_then()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", "");
        bot.Site.Answer("/feed", 404);
        await LiveAsync(bot, TimeSpan.FromDays(1));
        Assert.Empty(bot.Scripted.Shown);

        var chosen = await bot.SayAsync("/setup channel:#mods", platform: "scripted");
        await LiveAsync(bot, TimeSpan.FromMinutes(10));

        Assert.Contains("1 feed is sick now", chosen.Text(), StringComparison.Ordinal);
        Assert.Single(bot.Scripted.Shown);
    }

    [Fact]
    public async Task A_feed_that_a_moderator_paused_or_removed_is_not_told_of_again()
    {
        await using var bot = await StartAsync();
        var (paused, removed) = (await bot.AddFeedAsync("/paused", ""), await bot.AddFeedAsync("/removed", ""));
        bot.Site.Answer("/paused", 404);
        bot.Site.Answer("/removed", 404);
        await LiveAsync(bot, TimeSpan.FromHours(6));
        await bot.SayAsync($"/feed pause {paused.Id}");
        await bot.SayAsync($"/feed remove {removed.Id}");
        await LiveAsync(bot, TimeSpan.FromDays(3));

        Assert.Equal("2 feeds are sick", Assert.Single(bot.Scripted.Shown).Title);
        Assert.All((await bot.Get<FeedReports>().ListAsync(bot.Token)).Values, r => Assert.Null(r.ToldAt));
    }

    [Fact]
    public async Task Resuming_a_sick_feed_is_no_health_before_it_was_read()
    {
        await using var bot = await StartAsync();
        var feed = await bot.AddFeedAsync("/feed", "");
        bot.Site.Answer("/feed", 404);
        await LiveAsync(bot, TimeSpan.FromHours(6));
        for (var press = 0; press < 20; press++)
        {
            await bot.SayAsync($"/feed resume {feed.Id}");
            await LiveAsync(bot, TimeSpan.FromHours(6));
        }

        Assert.Single(bot.Scripted.Shown);
    }

    private static async Task<BotHarness> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, StorageProvider? storage = null)
    {
        var bot = await BotHarness.StartAsync(settings, storage: storage);
        await bot.SayAsync("/setup channel:#mods", platform: "scripted");
        return bot;
    }

    /// <summary>Lets the time pass as the schedule would, in steps of ten minutes.</summary>
    private static async Task LiveAsync(BotHarness bot, TimeSpan time, bool deliver = true)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(10))
        {
            bot.Time.Advance(TimeSpan.FromMinutes(10));
            await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
            await bot.Get<FeedHealthReporter>().SweepAsync(bot.Token);
            await (deliver ? bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token) : Task.CompletedTask);
        }
    }

    private static Task SpeaksAsync(BotHarness bot, Feed feed, DateTimeOffset at, TimeSpan gap) => ExecuteAsync(
        bot, "UPDATE feeds SET last_new_at = @At, gap_ms = @Gap WHERE id = @Id", new { At = at.ToUnixTimeMilliseconds(), Gap = (long)gap.TotalMilliseconds, Id = feed.Id.Value });

    private static Task ExecuteAsync(BotHarness bot, string sql, object? values = null) =>
        bot.Get<Database>().InTransactionAsync(t => t.Connection!.ExecuteAsync(sql, values, t), bot.Token);
}
