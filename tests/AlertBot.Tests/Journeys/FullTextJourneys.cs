using AlertBot.Feeds;
using AlertBot.Polling;
using AlertBot.Tests.Feeds.Articles;
using AlertBot.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Tests.Journeys;

/// <summary>Feeds whose items are teasers: what is read of the articles behind them, when, and what their sites say to that.</summary>
public sealed class FullTextJourneys
{
    private const string Teaser = "Officials met again on Monday.";

    [Fact]
    public async Task A_new_teaser_gets_its_article_and_alerts_by_what_stands_there()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await StartAsync(bot);
        await bot.SayAsync("/follow north-korea");
        Publish(bot, 1);
        bot.Site.Answer("/robots.txt", 404);

        await bot.TurnAsync();

        var story = Assert.Single(await bot.StoriesAsync());
        Assert.Contains("North Korea fired a missile, paragraph 1", story.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Subscribe", story.Body, StringComparison.Ordinal);
        Assert.Equal("Talks 1", Assert.Single(await bot.AlertsAsync()).Title);
        // The page itself and nothing that it loads.
        Assert.Equal(["/feed", "/feed", "/robots.txt", "/story/1"], bot.Site.Requests.Select(r => r.Path));
        Assert.All(bot.Site.Requests, r => Assert.Contains("AlertBot", r.UserAgent, StringComparison.Ordinal));
        Assert.Contains("the last articles were read", (await bot.SayAsync($"/feed edit {feed.Id}")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_article_is_read_unless_a_moderator_said_so()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await StartAsync(bot);
        await bot.SayAsync($"/feed set {feed.Id} full-text:off");
        Publish(bot, 1);

        await bot.TurnAsync();

        Assert.Equal(Teaser, Assert.Single(await bot.StoriesAsync()).Body);
        Assert.All(bot.Site.Requests, r => Assert.Equal("/feed", r.Path));
    }

    [Fact]
    public async Task Neither_a_long_item_nor_one_that_is_known_is_looked_up()
    {
        await using var bot = await BotHarness.StartAsync();
        await StartAsync(bot);
        Publish(bot, 1);
        bot.Site.Serve("/feed", Rss.Feed(
            Item(1),
            new RssItem("Long", bot.Site.Address("/story/2").AbsoluteUri, "g2", string.Concat(Enumerable.Repeat("All of it stands here already. ", 60)))));

        await bot.TurnAsync();
        await bot.TurnAsync();
        await bot.TurnAsync();

        Assert.Single(bot.Site.Requests, r => r.Path == "/story/1");
        Assert.Single(bot.Site.Requests, r => r.Path == "/robots.txt");
        Assert.DoesNotContain(bot.Site.Requests, r => r.Path == "/story/2");

        RssItem Item(int number) => new($"Talks {number}", bot.Site.Address($"/story/{number}").AbsoluteUri, $"g{number}", Teaser);
    }

    [Fact]
    public async Task An_edit_of_the_teaser_keeps_the_article_and_asks_for_it_no_more()
    {
        await using var bot = await BotHarness.StartAsync();
        await StartAsync(bot);
        Publish(bot, 1);
        await bot.TurnAsync();

        bot.Site.Serve("/feed", Rss.Feed(new RssItem("Talks 1, corrected", bot.Site.Address("/story/1").AbsoluteUri, "g1", "Officials met again on Tuesday.")));
        await bot.TurnAsync();

        var story = Assert.Single(await bot.StoriesAsync());
        Assert.Equal("Talks 1, corrected", story.Title);
        Assert.Contains("paragraph 8", story.Body, StringComparison.Ordinal);
        Assert.Single(bot.Site.Requests, r => r.Path == "/story/1");
    }

    [Theory]
    [InlineData("User-agent: AlertBot\nDisallow: /story/", false)]
    [InlineData("User-agent: *\nDisallow: /", false)]
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: AlertBot\nDisallow: /private", true)]
    [InlineData("User-agent: *\nDisallow: /story/\nAllow: /story/1", true)]
    public async Task What_robots_txt_says_is_done(string robots, bool isRead)
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await StartAsync(bot);
        Publish(bot, 1);
        bot.Site.Serve("/robots.txt", robots);

        await bot.TurnAsync();

        Assert.Equal(isRead, Assert.Single(await bot.StoriesAsync()).Body.Contains("paragraph 1", StringComparison.Ordinal));
        Assert.Equal(isRead, bot.Site.Requests.Any(r => r.Path == "/story/1"));
        Assert.Equal(!isRead, (await bot.SayAsync($"/feed edit {feed.Id}")).Text().Contains("robots.txt forbids it", StringComparison.Ordinal));
        Assert.Equal(0, (await bot.FeedAsync(feed)).Failures);
    }

    [Fact]
    public async Task A_site_whose_robots_txt_fails_is_left_alone_until_it_is_there_again()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await StartAsync(bot);
        bot.Site.Answer("/robots.txt", 503);
        Publish(bot, 1);
        await bot.TurnAsync();
        Assert.DoesNotContain(bot.Site.Requests, r => r.Path == "/story/1");
        Assert.Contains("its robots.txt can't be read: 503", (await bot.SayAsync($"/feed edit {feed.Id}")).Text(), StringComparison.Ordinal);

        bot.Site.Serve("/robots.txt", "User-agent: *\nAllow: /");
        Publish(bot, 1, 2);
        await bot.TurnAsync();

        Assert.Equal(["/story/2"], bot.Site.Requests.Select(r => r.Path).Where(p => p.StartsWith("/story", StringComparison.Ordinal)));
        Assert.DoesNotContain("not all", (await bot.SayAsync($"/feed edit {feed.Id}")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Robots_txt_is_asked_for_again_after_a_day()
    {
        await using var bot = await BotHarness.StartAsync();
        await StartAsync(bot);
        Publish(bot, 1);
        await bot.TurnAsync();
        bot.Site.Serve("/robots.txt", "User-agent: *\nDisallow: /");
        Publish(bot, 1, 2);
        await bot.TurnAsync();
        bot.Time.Advance(TimeSpan.FromDays(1));
        Publish(bot, 1, 2, 3);
        await bot.TurnAsync();

        Assert.Equal(["/story/1", "/story/2"], bot.Site.Requests.Select(r => r.Path).Where(p => p.StartsWith("/story", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("X-Robots-Tag", "noai")]
    [InlineData("X-Robots-Tag", "noarchive, nofollow")]
    [InlineData("TDM-Reservation", "1")]
    public async Task What_a_page_forbids_is_not_kept(string header, string value)
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await StartAsync(bot);
        Publish(bot, 1);
        bot.Site.Handle("/story/1", context =>
        {
            context.Response.Headers[header] = value;
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(Page(1));
        });

        await bot.TurnAsync();

        Assert.Equal(Teaser, Assert.Single(await bot.StoriesAsync()).Body);
        Assert.Contains("the page forbids it", (await bot.SayAsync($"/feed edit {feed.Id}")).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, null, null, "404")]
    [InlineData(403, "cf-mitigated", "challenge", "Cloudflare")]
    [InlineData(500, null, null, "500")]
    [InlineData(200, "Content-Type", "application/pdf", "no web page")]
    [InlineData(302, "Location", "http://10.0.0.1/secret", "private network")]
    [InlineData(302, "Location", "file:///etc/passwd", "http:// or https://")]
    public async Task Whatever_goes_wrong_leaves_the_teaser_and_is_told(int status, string? header, string? value, string why)
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await StartAsync(bot);
        Publish(bot, 1);
        bot.Site.Answer("/story/1", status, header, value);

        await bot.TurnAsync();

        Assert.Equal(Teaser, Assert.Single(await bot.StoriesAsync()).Body);
        Assert.Equal(0, (await bot.FeedAsync(feed)).Failures);
        Assert.Contains(why, (await bot.SayAsync($"/feed edit {feed.Id}")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_into_a_private_network_is_refused_like_any_address()
    {
        await using var inside = await FeedSite.StartAsync();
        await using var bot = await BotHarness.StartAsync();
        var feed = await StartAsync(bot);
        bot.Site.Serve("/feed", Rss.Feed(new RssItem("Talks 1", inside.Address("/story/1").AbsoluteUri, "g1", Teaser)));

        await bot.TurnAsync();

        Assert.Empty(inside.Requests);
        Assert.Contains("private network", (await bot.SayAsync($"/feed edit {feed.Id}")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_login_of_the_feed_goes_to_articles_of_its_own_site_only()
    {
        await using var other = await FeedSite.StartAsync();
        await using var bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Feeds:AllowedPrivateEndpoints:1"] = other.Endpoint.ToString() });
        var feed = await StartAsync(bot);
        await bot.SayAsync($"/feed header {feed.Id} name:X-Api-Key value:k3y");
        Publish(bot, 1);
        bot.Site.Serve("/feed", Rss.Feed(
            new RssItem("Talks 1", bot.Site.Address("/story/1").AbsoluteUri, "g1", Teaser), new RssItem("Talks 2", other.Address("/story/2").AbsoluteUri, "g2", "They met elsewhere, too.")));

        await bot.TurnAsync();

        Assert.Equal("k3y", bot.Site.Requests.Single(r => r.Path == "/story/1").Headers["X-Api-Key"]);
        Assert.Contains("/story/2", other.Requests.Select(r => r.Path));
        Assert.All(other.Requests.Concat(bot.Site.Requests.Where(r => r.Path == "/robots.txt")), r => Assert.False(r.Headers.ContainsKey("X-Api-Key")));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("User-agent: *\nCrawl-delay: 4", 4)]
    [InlineData("User-agent: *\nCrawl-delay: 0.1", 1)]
    [InlineData("User-agent: *\nCrawl-delay: 86400", 10)]
    public async Task One_site_is_asked_slowly_as_it_wishes_within_reason(string robots, int seconds)
    {
        await using var bot = await BotHarness.StartAsync();
        await StartAsync(bot);
        Publish(bot, 1, 2);
        bot.Site.Serve("/robots.txt", robots);
        bot.Time.Advance(TimeSpan.FromHours(1));
        var pause = TimeSpan.FromSeconds(seconds);
        var before = bot.Time.Begun(pause);

        var poll = bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        await bot.Time.BeginsAsync(pause, before);
        Assert.Equal(["/story/2"], Articles(bot));
        bot.Time.Advance(pause);
        await poll;

        Assert.Equal(["/story/2", "/story/1"], Articles(bot));
        Assert.All(await bot.StoriesAsync(), s => Assert.Contains("paragraph 1", s.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_at_once_only_ten_are_looked_up_and_it_is_told()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await StartAsync(bot);
        Publish(bot, [.. Enumerable.Range(1, 14)]);
        bot.Time.Advance(TimeSpan.FromHours(1));
        var (pause, before) = (TimeSpan.FromSeconds(1), bot.Time.Begun(TimeSpan.FromSeconds(1)));

        var poll = bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        for (var wait = 0; wait < 9; wait++)
        {
            await bot.Time.BeginsAsync(pause, before + wait);
            bot.Time.Advance(pause);
        }

        await poll;

        Assert.Equal(10, Articles(bot).Count);
        Assert.Equal(14, (await bot.StoriesAsync()).Count);
        Assert.Contains("14 came at once: only 10", (await bot.SayAsync($"/feed edit {feed.Id}")).Text(), StringComparison.Ordinal);
    }

    // A feed that was read once, so that what comes next is new.
    private static async Task<Feed> StartAsync(BotHarness bot)
    {
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.TurnAsync();
        Assert.Contains("Full text: off → on", (await bot.SayAsync($"/feed set {feed.Id} full-text:on")).Text(), StringComparison.Ordinal);
        return feed;
    }

    private static void Publish(BotHarness bot, params int[] numbers)
    {
        bot.Site.Serve("/feed", Rss.Feed([.. numbers.Select(n => new RssItem($"Talks {n}", bot.Site.Address($"/story/{n}").AbsoluteUri, $"g{n}", n == 1 ? Teaser : $"{Teaser} That was meeting {n}."))]));
        foreach (var number in numbers)
        {
            bot.Site.Handle($"/story/{number}", context =>
            {
                context.Response.ContentType = "text/html";
                return context.Response.WriteAsync(Page(number));
            });
        }
    }

    private static IReadOnlyList<string> Articles(BotHarness bot) => [.. bot.Site.Requests.Select(r => r.Path).Where(p => p.StartsWith("/story", StringComparison.Ordinal))];

    private static string Page(int number) => $"""
        <html><head><title>Talks {number}</title><link rel="stylesheet" href="/style.css"></head><body><nav><a href="/">Home</a></nav>
        <article><h1>Talks {number}</h1><img src="/picture.jpg">{string.Concat(Enumerable.Range(1, 8).Select(i => $"<p>North Korea fired a missile, paragraph {i} of story {number} says.</p>"))}
        {ArticlePageTests.Paragraphs}</article><footer>Subscribe to our newsletter</footer></body></html>
        """;
}
