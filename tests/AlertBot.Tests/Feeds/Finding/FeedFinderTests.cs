using AlertBot.Feeds.Finding;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Feeds.Finding;

public sealed class FeedFinderTests
{
    [Fact]
    public async Task A_feed_is_found_at_its_own_address_with_one_request()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/feed", One);

        Assert.Equal(["/feed"], await FindAsync(bot, "/feed"));
        Assert.Single(bot.Site.Requests);
    }

    [Fact]
    public async Task The_scheme_may_be_left_out()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/feed", One);

        var found = Assert.IsType<FindResult.Found>(await bot.Get<FeedFinder>().FindAsync($"{bot.Site.Endpoint}/feed", bot.Token));

        Assert.Equal(bot.Site.Address("/feed"), Assert.Single(found.Feeds).Address);
    }

    [Fact]
    public async Task What_the_page_declares_is_read_and_the_readers_comments_are_left_out()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/", $"<head>{Declared("News", "/news.xml")}{Declared("Comments", "/comments/feed")}{Declared("Sport", "sport.xml")}</head><a href=/rss>RSS</a>");
        bot.Site.Serve("/news.xml", One);
        bot.Site.Serve("/sport.xml", Other);
        bot.Site.Serve("/comments/feed", Other);
        bot.Site.Serve("/rss", Other);

        Assert.Equal(["/news.xml", "/sport.xml"], await FindAsync(bot, "/"));
        Assert.Equal(3, bot.Site.Requests.Count);
    }

    [Fact]
    public async Task The_same_items_in_another_format_are_the_same_feed()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/", Declared("RSS", "/rss.xml") + Declared("Atom", "/atom.xml"));
        bot.Site.Serve("/rss.xml", One);
        bot.Site.Serve("/atom.xml", One);

        Assert.Equal(["/rss.xml"], await FindAsync(bot, "/"));
    }

    [Fact]
    public async Task A_page_that_lists_feeds_is_read_behind_a_link_to_it()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/", "<body><a href=/services/rss>RSS</a></body>");
        bot.Site.Serve("/services/rss", "<body><ul><li><a href=/rss/politics.xml>Politics</a><li><a href=/rss/world.xml>World</a></ul></body>");
        bot.Site.Serve("/rss/politics.xml", One);
        bot.Site.Serve("/rss/world.xml", Other);

        Assert.Equal(["/rss/politics.xml", "/rss/world.xml"], await FindAsync(bot, "/"));
    }

    [Theory]
    [InlineData("/feed/")]
    [InlineData("/rss")]
    [InlineData("/atom.xml")]
    [InlineData("/index.xml")]
    [InlineData("/feeds/posts/default")]
    [InlineData("/?feed=rss2")]
    [InlineData("/feed.json")]
    public async Task A_page_that_says_nothing_has_its_feed_where_feeds_usually_are(string place)
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/", "<body>Welcome</body>");
        bot.Site.Serve(place, One);

        Assert.Equal([place], await FindAsync(bot, "/"));
    }

    [Fact]
    public async Task A_blog_in_a_folder_has_its_feed_below_it()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/blog", "<body>Welcome</body>");
        bot.Site.Serve("/blog/feed/", One);

        Assert.Equal(["/blog/feed/"], await FindAsync(bot, "/blog"));
    }

    [Fact]
    public async Task An_article_without_links_leads_to_the_feed_of_the_home_page()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/2024/06/story.html", "<body>Words</body>");
        bot.Site.Serve("/", Declared("News", "/all-the-news"));
        bot.Site.Serve("/all-the-news", One);

        Assert.Equal(["/all-the-news"], await FindAsync(bot, "/2024/06/story.html"));
    }

    [Fact]
    public async Task A_feed_that_went_is_found_where_it_moved()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/", Declared("News", "/new/feed"));
        bot.Site.Serve("/new/feed", One);

        Assert.Equal(["/new/feed"], await FindAsync(bot, "/old/feed"));
    }

    [Fact]
    public async Task A_page_that_sends_its_readers_elsewhere_is_followed()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/", """<meta http-equiv="Refresh" content="0; URL='/home'">""");
        bot.Site.Serve("/home", Declared("News", "/n"));
        bot.Site.Serve("/n", One);

        Assert.Equal(["/n"], await FindAsync(bot, "/"));
    }

    [Fact]
    public async Task A_permanent_redirect_gives_the_new_address_and_a_passing_one_the_old()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/", Declared("A", "/a") + Declared("B", "/b"));
        bot.Site.Answer("/a", 301, "Location", "/a2");
        bot.Site.Answer("/b", 302, "Location", "/b2");
        bot.Site.Serve("/a2", One);
        bot.Site.Serve("/b2", Other);

        Assert.Equal(["/a2", "/b"], await FindAsync(bot, "/"));
    }

    [Fact]
    public async Task The_site_s_protection_is_told_and_its_door_is_not_tried_for_long()
    {
        await using var bot = await BotHarness.StartAsync();
        foreach (var path in new[] { "/", "/feed/", "/rss", "/rss.xml", "/atom.xml" })
        {
            bot.Site.Answer(path, 403, "cf-mitigated", "challenge");
        }

        var nothing = Assert.IsType<FindResult.Nothing>(await bot.Get<FeedFinder>().FindAsync(bot.Site.Address("/").AbsoluteUri, bot.Token));

        Assert.Contains("protection against robots", nothing.Why, StringComparison.Ordinal);
        Assert.Equal(3, bot.Site.Requests.Count);
    }

    [Fact]
    public async Task A_protected_page_may_have_an_open_feed()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Answer("/", 403, "cf-mitigated", "challenge");
        bot.Site.Serve("/feed/", One);

        Assert.Equal(["/feed/"], await FindAsync(bot, "/"));
    }

    [Fact]
    public async Task A_host_that_asks_for_a_pause_gets_it()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Answer("/", 429, "Retry-After", "3600");

        var nothing = Assert.IsType<FindResult.Nothing>(await bot.Get<FeedFinder>().FindAsync(bot.Site.Address("/").AbsoluteUri, bot.Token));

        Assert.StartsWith("the site asks us to wait until", nothing.Why, StringComparison.Ordinal);
        Assert.Single(bot.Site.Requests);
    }

    [Fact]
    public async Task However_many_links_a_page_has_the_requests_are_bounded()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/", string.Concat(Enumerable.Range(0, 500).Select(i => Declared("x", $"/{i}.xml") + $"<a href=/rss/{i}>RSS</a>")));

        var nothing = Assert.IsType<FindResult.Nothing>(await bot.Get<FeedFinder>().FindAsync(bot.Site.Address("/").AbsoluteUri, bot.Token));

        Assert.Equal(12, bot.Site.Requests.Count);
        Assert.Contains("12 addresses of the site were tried", nothing.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_into_the_private_network_is_not_followed()
    {
        await using var bot = await BotHarness.StartAsync();
        await using var inside = await FeedSite.StartAsync();
        inside.Serve("/feed", One);
        bot.Site.Serve("/", Declared("News", inside.Address("/feed").AbsoluteUri));

        Assert.IsType<FindResult.Nothing>(await bot.Get<FeedFinder>().FindAsync(bot.Site.Address("/").AbsoluteUri, bot.Token));
        Assert.Empty(inside.Requests);
    }

    [Theory]
    [InlineData("youtube.com/@voakorea", "/youtube.com/@voakorea", """<meta itemprop="identifier" content="UCChmJrVa8kDg05JfCmxpLRw">""", "/www.youtube.com/feeds/videos.xml?channel_id=UCChmJrVa8kDg05JfCmxpLRw")]
    [InlineData("https://www.reddit.com/r/northkorea", null, null, "/www.reddit.com/r/northkorea/.rss")]
    [InlineData("@nknews@social.example", null, null, "/social.example/@nknews.rss")]
    [InlineData("https://medium.example/@nknews", "/medium.example/@nknews", """<link rel=feed href=/feed/@nknews>""", "/medium.example/feed/@nknews")]
    public async Task A_well_known_site_is_searched_by_its_rule(string typed, string? page, string? html, string feed)
    {
        await using var web = await FeedSite.StartAsync();
        await using var bot = await BotHarness.StartAsync(configure: s => s.AddSingleton(WholeWeb.At(web)));
        web.Serve(feed, One);
        if (page is not null)
        {
            web.Serve(page, html!);
        }

        var found = Assert.IsType<FindResult.Found>(await bot.Get<FeedFinder>().FindAsync(typed, bot.Token));

        Assert.Equal($"https:/{feed}", Assert.Single(found.Feeds).Address.AbsoluteUri);
    }

    [Fact]
    public async Task A_YouTube_page_without_a_channel_says_what_to_do_and_a_site_without_feeds_is_not_asked()
    {
        await using var web = await FeedSite.StartAsync();
        await using var bot = await BotHarness.StartAsync(configure: s => s.AddSingleton(WholeWeb.At(web)));
        web.Serve("/www.youtube.com/@voakorea", "<body>Before you continue to YouTube</body>");

        var consent = Assert.IsType<FindResult.Nothing>(await bot.Get<FeedFinder>().FindAsync("https://www.youtube.com/@voakorea", bot.Token));
        var telegram = Assert.IsType<FindResult.Nothing>(await bot.Get<FeedFinder>().FindAsync("t.me/nknews", bot.Token));

        Assert.Contains("youtube.com/channel/", consent.Why, StringComparison.Ordinal);
        Assert.Contains("Telegram offers no feeds", telegram.Why, StringComparison.Ordinal);
        Assert.Single(web.Requests);
    }

    private static string One => Rss.Feed(Rss.AboutNorthKorea(1), Rss.AboutNorthKorea(2));

    private static string Other => Rss.Feed(Rss.AboutNorthKorea(3));

    private static string Declared(string title, string address) => $"""<link rel="alternate" type="application/rss+xml" title="{title}" href="{address}">""";

    private static async Task<IEnumerable<string>> FindAsync(BotHarness bot, string path)
    {
        var result = await bot.Get<FeedFinder>().FindAsync(bot.Site.Address(path).AbsoluteUri, bot.Token);
        return Assert.IsType<FindResult.Found>(result).Feeds.Select(f => f.Address.PathAndQuery);
    }
}
