using System.Text;
using AlertBot.Feeds;
using AlertBot.Feeds.Finding;
using CsCheck;

namespace AlertBot.Tests.Feeds.Finding;

public sealed class PageLinksTests
{
    [Theory]
    [InlineData("""<link rel="alternate" type="application/rss+xml" href="/feed/">""", "https://site.example/feed/")]
    [InlineData("""<LINK REL='Alternate Stylesheet' TYPE='Application/ATOM+XML' HREF=atom.xml>""", "https://site.example/news/atom.xml")]
    [InlineData("""<link rel="alternate" type="application/feed+json" href="feed.json"/>""", "https://site.example/news/feed.json")]
    [InlineData("""<link rel=feed href=//cdn.example/all>""", "https://cdn.example/all")]
    [InlineData("""<base href="https://other.example/x/"><link rel=alternate type=text/xml href=y>""", "https://other.example/x/y")]
    [InlineData("""<link rel=alternate type="application/rss+xml" href="feed://site.example/rss">""", "")]
    [InlineData("""<link rel=alternate type="application/rss+xml" href="feed:https://site.example/rss">""", "https://site.example/rss")]
    [InlineData("""<link rel=alternate hreflang=ko href="/ko/">""", "")]
    [InlineData("""<link rel=alternate type="application/json" href="/wp-json/wp/v2/pages/1"><link rel=alternate type="text/xml+oembed" href="/oembed?format=xml">""", "")]
    [InlineData("""<script>var s = '<link rel="alternate" type="application/rss+xml" href="/no">';</script>""", "")]
    [InlineData("""<!-- <link rel="alternate" type="application/rss+xml" href="/no"> -->""", "")]
    [InlineData("""<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"><link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">""", "")]
    public void What_a_page_declares_is_found(string head, string declared) =>
        Assert.Equal(declared, string.Join(' ', Read($"<html><head>{head}</head><body>Words</body></html>").Declared.Select(a => a.AbsoluteUri)));

    [Theory]
    [InlineData("""<a href="/rss.xml">Follow us</a>""", "https://site.example/rss.xml")]
    [InlineData("""<a href="/services/syndication">RSS</a>""", "https://site.example/services/syndication")]
    [InlineData("""<a href="/x" title="RSS feed"><img src="i.png"></a>""", "https://site.example/x")]
    [InlineData("""<a href="https://feeds.example/a/feed">All</a><a href="/rss">Ours</a>""", "https://site.example/rss https://feeds.example/a/feed")]
    [InlineData("""<a href="/feedback">Give feedback</a><a href="/about">About</a><a href="/embassy">Press</a>""", "")]
    public void Links_that_speak_of_feeds_are_found(string body, string anchors) =>
        Assert.Equal(anchors, string.Join(' ', Read($"<body>{body}</body>").Anchors.Select(a => a.AbsoluteUri)));

    [Fact]
    public void Comments_are_told_from_articles()
    {
        var links = Read("""
            <link rel=alternate type=application/rss+xml title="Site » Feed" href=/feed/>
            <link rel=alternate type=application/rss+xml title="Site » Comments Feed" href=/comments/feed/>
            <link rel=alternate type=application/rss+xml title="Site » A story Comments Feed" href=/a-story/feed/>
            """);

        Assert.Equal(["/feed/"], links.Declared.Select(a => a.AbsolutePath));
        Assert.Equal(["/comments/feed/", "/a-story/feed/"], links.Comments.Select(a => a.AbsolutePath));
    }

    [Theory]
    [InlineData("""<meta itemprop="identifier" content="UCChmJrVa8kDg05JfCmxpLRw">""")]
    [InlineData("""<script>var ytInitialData = {"externalId":"UCChmJrVa8kDg05JfCmxpLRw"};</script>""")]
    [InlineData("""<link rel="canonical" href="https://www.youtube.com/channel/UCChmJrVa8kDg05JfCmxpLRw">""")]
    public void A_YouTube_page_says_which_channel_it_is(string html)
    {
        Assert.Equal("https://www.youtube.com/feeds/videos.xml?channel_id=UCChmJrVa8kDg05JfCmxpLRw", Assert.Single(Read(html, "https://www.youtube.com/@voakorea").Declared).AbsoluteUri);
        Assert.Empty(Read(html, "https://notyoutube.com/@voakorea").Declared);
    }

    [Fact]
    public void A_page_as_deep_as_it_is_long_is_read() =>
        Assert.Single(Read(string.Concat(Enumerable.Repeat("<div>", 300_000)) + "<a href=/rss>RSS</a>").Anchors);

    [Fact]
    public void No_page_stops_the_reading() => Gen.OneOf(
        Gen.String,
        Gen.OneOfConst("<link rel=alternate type=application/rss+xml href=", "<a href='", "</a>", ">", "'", "\"", "<script>", "<base href=", "feed:", "//", "\0", "&#0;", "<meta http-equiv=refresh content='0;url="))
        .Array[0, 30].Select(string.Concat).Sample(html => Assert.All(
            Read(html) is var links ? links.Declared.Concat(links.Anchors).Concat(links.Comments) : [],
            address => Assert.True(address.Scheme is "http" or "https", address.AbsoluteUri)), iter: 3000);

    private static PageLinks Read(string html, string address = "https://site.example/news/page") =>
        PageLinks.Read(new FeedDocument(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", new Uri(address)), new Uri(address));
}
