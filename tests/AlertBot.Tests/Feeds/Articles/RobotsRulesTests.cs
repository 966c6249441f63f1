using AlertBot.Feeds.Articles;
using CsCheck;

namespace AlertBot.Tests.Feeds.Articles;

public sealed class RobotsRulesTests
{
    [Theory]
    // No rules for us.
    [InlineData("", "/a", true)]
    [InlineData("<!doctype html><html><body>404: not found</body></html>", "/a", true)]
    [InlineData("User-agent: otherbot\nDisallow: /", "/a", true)]
    [InlineData("Disallow: /", "/a", true)]
    // Ours before anybody's, whatever the order and the letters.
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: AlertBot\nAllow: /", "/a", true)]
    [InlineData("User-agent: alertbot\nDisallow: /a\nUser-agent: *\nAllow: /", "/a", false)]
    [InlineData("USER-AGENT: ALERTBOT/0.1\r\nDISALLOW: /a", "/a", false)]
    [InlineData("User-agent: AlertBotX\nDisallow: /", "/a", true)]
    [InlineData("User-agent: AlertBot-News\nDisallow: /", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /", "/a", false)]
    [InlineData("\uFEFFUser-agent: *\nDisallow: /", "/a", false)]
    // Agents one after the other share what follows; groups of one agent add up.
    [InlineData("User-agent: otherbot\nUser-agent: AlertBot\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: AlertBot\nCrawl-delay: 5\nUser-agent: otherbot\nDisallow: /a", "/a", true)]
    [InlineData("User-agent: AlertBot\nDisallow: /a\n\nUser-agent: otherbot\nDisallow: /\n\nUser-agent: AlertBot\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: AlertBot\n\n# a remark\nSitemap: https://x.example/s.xml\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: AlertBot # us\nDisallow: /a # that", "/a", false)]
    // An empty rule is none; the longest rule decides, and of equal ones the one that allows.
    [InlineData("User-agent: *\nDisallow:", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /news\nAllow: /news/free", "/news/free/1", true)]
    [InlineData("User-agent: *\nAllow: /news/free\nDisallow: /news", "/news/paid", false)]
    [InlineData("User-agent: *\nDisallow: /page\nAllow: /page", "/page", true)]
    [InlineData("User-agent: *\nAllow: /p\nDisallow: /", "/page", true)]
    [InlineData("User-agent: *\nAllow: /$\nDisallow: /", "/", true)]
    [InlineData("User-agent: *\nAllow: /$\nDisallow: /", "/page.htm", false)]
    // Signs that stand for others.
    [InlineData("User-agent: *\nDisallow: /*.php", "/folder/any.php.file.html", false)]
    [InlineData("User-agent: *\nDisallow: /*.php$", "/filename.php?x=1", true)]
    [InlineData("User-agent: *\nDisallow: /*.php$", "/a.php/b.php", false)]
    [InlineData("User-agent: *\nDisallow: /fish*.php", "/fishheads/catfish.php?id=1", false)]
    [InlineData("User-agent: *\nDisallow: /fish*.php", "/Fish.PHP", true)]
    [InlineData("User-agent: *\nDisallow: /*/amp$", "/2024/story/amp", false)]
    [InlineData("User-agent: *\nDisallow: /*?print=", "/story?print=1", false)]
    [InlineData("User-agent: *\nDisallow: /fish$", "/fish", false)]
    [InlineData("User-agent: *\nDisallow: /fish$", "/fish/fish", true)]
    // Escapes are what they stand for.
    [InlineData("User-agent: *\nDisallow: /ünder", "/%C3%BCnder", false)]
    [InlineData("User-agent: *\nDisallow: /%7ejoe", "/~joe/x", false)]
    [InlineData("User-agent: *\nDisallow: /a%3cd", "/a%3Cd.html", false)]
    [InlineData("User-agent: *\nDisallow: /a%2fb", "/a/b", true)]
    public void The_rule_that_fits_best_decides(string text, string path, bool isAllowed) =>
        Assert.Equal(isAllowed, RobotsRules.Parse(text).Allows(new Uri($"https://wire.example{path}")));

    [Theory]
    [InlineData("User-agent: *\nCrawl-delay: 2.5", 2.5)]
    [InlineData("User-agent: AlertBot\nCrawl-delay: 7\nUser-agent: *\nCrawl-delay: 1", 7.0)]
    [InlineData("User-agent: *\nCrawl-delay: soon", null)]
    [InlineData("User-agent: *\nCrawl-delay: -5", null)]
    [InlineData("User-agent: *\nCrawl-delay: 999999999999999999999", null)]
    [InlineData("", null)]
    public void The_pause_that_a_site_wants_is_read(string text, double? seconds) =>
        Assert.Equal(seconds, RobotsRules.Parse(text).CrawlDelay?.TotalSeconds);

    [Fact]
    public void Any_text_is_read() =>
        Gen.Select(Gen.OneOf(Gen.Const("User-agent:"), Gen.Const("alertbot"), Gen.Const("Disallow:"), Gen.Const("Allow: /"), Gen.Const("*"), Gen.Const("$"), Gen.Const("\n"), Gen.Const("%C3"), Gen.String).Array[0, 60], Gen.String[Gen.Char['!', '~'], 0, 40])
            .Sample((parts, path) =>
            {
                var (rules, page) = (RobotsRules.Parse(string.Concat(parts)), new Uri(new Uri("https://wire.example/"), $"/{path.TrimStart('/', '\\')}"));
                Assert.Equal(rules.Allows(page), RobotsRules.Parse(string.Concat(parts)).Allows(page));
            });
}
