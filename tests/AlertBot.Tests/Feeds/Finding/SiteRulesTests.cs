using AlertBot.Feeds.Finding;

namespace AlertBot.Tests.Feeds.Finding;

public sealed class SiteRulesTests
{
    [Theory]
    [InlineData("https://www.youtube.com/channel/UCChmJrVa8kDg05JfCmxpLRw", "https://www.youtube.com/feeds/videos.xml?channel_id=UCChmJrVa8kDg05JfCmxpLRw")]
    [InlineData("https://m.youtube.com/playlist?list=PL1&si=x", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1")]
    [InlineData("https://www.youtube.com/watch?v=abc&list=PL1", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1")]
    [InlineData("https://www.reddit.com/r/northkorea", "https://www.reddit.com/r/northkorea/.rss")]
    [InlineData("https://old.reddit.com/r/korea/new/", "https://www.reddit.com/r/korea/new/.rss")]
    [InlineData("https://reddit.com/u/somebody", "https://www.reddit.com/user/somebody/.rss")]
    [InlineData("https://www.reddit.com/r/korea/search?q=kaesong&sort=new", "https://www.reddit.com/r/korea/search.rss?q=kaesong&sort=new")]
    [InlineData("https://www.reddit.com/search/?q=kaesong", "https://www.reddit.com/search.rss?q=kaesong")]
    [InlineData("https://www.reddit.com", "https://www.reddit.com/.rss")]
    [InlineData("https://northkoreatech.substack.com/p/some-story", "https://northkoreatech.substack.com/feed")]
    [InlineData("https://substack.com/@somebody", "https://somebody.substack.com/feed")]
    [InlineData("https://medium.com/@somebody/a-story-1a2b", "https://medium.com/feed/@somebody")]
    [InlineData("https://medium.com/tag/north-korea", "https://medium.com/feed/tag/north-korea")]
    [InlineData("https://somebody.medium.com/a-story", "https://somebody.medium.com/feed")]
    [InlineData("https://news.google.com/topics/CAAqIQ?hl=en-US&gl=US&ceid=US:en", "https://news.google.com/rss/topics/CAAqIQ?hl=en-US&gl=US&ceid=US:en")]
    [InlineData("https://news.google.com/search?q=north%20korea&hl=en", "https://news.google.com/rss/search?q=north%20korea&hl=en")]
    [InlineData("https://news.google.com/home?hl=ko&gl=KR&ceid=KR:ko", "https://news.google.com/rss?hl=ko&gl=KR&ceid=KR:ko")]
    [InlineData("https://www.google.com/search?q=north+korea&tbm=nws", "https://news.google.com/rss/search?q=north+korea")]
    [InlineData("https://github.com/dotnet/runtime/releases", "https://github.com/dotnet/runtime/releases.atom")]
    [InlineData("https://github.com/dotnet/runtime/releases/tag/v9.0.0", "https://github.com/dotnet/runtime/releases.atom")]
    [InlineData("https://github.com/dotnet/runtime/commits/release/9.0", "https://github.com/dotnet/runtime/commits/release/9.0.atom")]
    [InlineData("https://github.com/dotnet/runtime/commits", "https://github.com/dotnet/runtime/commits.atom")]
    [InlineData("https://github.com/dotnet/runtime", "https://github.com/dotnet/runtime/releases.atom https://github.com/dotnet/runtime/commits.atom")]
    [InlineData("https://gitlab.com/group/project/-/tags", "https://gitlab.com/group/project/-/tags?format=atom")]
    [InlineData("https://gitlab.com/group/project", "https://gitlab.com/group/project.atom")]
    [InlineData("https://bsky.app/profile/nknews.org", "https://bsky.app/profile/nknews.org/rss")]
    [InlineData("https://mastodon.social/@nknews/123", "https://mastodon.social/@nknews.rss")]
    [InlineData("https://blog.naver.com/mokspeech/22300", "https://rss.blog.naver.com/mokspeech.xml")]
    [InlineData("https://somebody.tistory.com/12", "https://somebody.tistory.com/rss")]
    public void A_well_known_site_has_its_feed_there(string page, string feeds) =>
        Assert.Equal(feeds, string.Join(' ', Assert.IsType<SiteRule.Feeds>(SiteRules.Of(new Uri(page))).Addresses.Select(a => a.AbsoluteUri)));

    [Theory]
    [InlineData("https://t.me/s/nknews", "Telegram")]
    [InlineData("https://x.com/nknews", "X")]
    [InlineData("https://mobile.twitter.com/nknews", "X")]
    [InlineData("https://www.facebook.com/nknews", "Facebook")]
    public void A_site_without_feeds_is_told(string page, string site) =>
        Assert.StartsWith($"{site} offers no feeds", Assert.IsType<SiteRule.None>(SiteRules.Of(new Uri(page))).Why, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://www.youtube.com/@voakorea")]
    [InlineData("https://www.youtube.com/c/voakorea")]
    [InlineData("https://youtu.be/abc")]
    public void YouTube_names_the_channel_of_a_handle_on_the_page(string page) => Assert.IsType<SiteRule.Page>(SiteRules.Of(new Uri(page)));

    [Theory]
    [InlineData("https://www.reddit.com/r/northkorea/.rss")]
    [InlineData("https://www.youtube.com/feeds/videos.xml?channel_id=UC1")]
    [InlineData("https://news.google.com/rss/search?q=korea")]
    [InlineData("https://github.com/dotnet/runtime/releases.atom")]
    [InlineData("https://medium.com/feed/@somebody")]
    [InlineData("https://gitlab.com/group/project/-/tags?format=atom")]
    [InlineData("https://www.38north.org/")]
    [InlineData("https://notreddit.com/r/korea")]
    public void A_feed_itself_and_any_other_site_are_left_alone(string address) => Assert.Null(SiteRules.Of(new Uri(address)));
}
