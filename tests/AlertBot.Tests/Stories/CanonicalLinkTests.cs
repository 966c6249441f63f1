using AlertBot.Stories;
using CsCheck;

namespace AlertBot.Tests.Stories;

/// <summary>One page has many addresses; another page has none of them.</summary>
public sealed class CanonicalLinkTests
{
    [Theory]
    [InlineData("https://example.org/a/story")]
    [InlineData("http://example.org/a/story")]
    [InlineData("HTTPS://WWW.Example.ORG:443/a/story/")]
    [InlineData("http://example.org.:80/a//story#comments")]
    [InlineData("https://m.example.org/a/story")]
    [InlineData("https://mobile.example.org/a/story")]
    [InlineData("https://amp.example.org/a/story")]
    [InlineData("https://www.m.example.org/a/story")]
    [InlineData("https://example.org/a/story/amp/")]
    [InlineData("https://example.org/amp/a/story")]
    [InlineData("https://example.org/a/story.amp")]
    [InlineData("https://example.org/a/story?amp")]
    [InlineData("https://example.org/a/story?amp=1")]
    [InlineData("https://example.org/a/story?outputType=amp")]
    [InlineData("https://example.org/a/story?utm_source=rss&utm_medium=feed&utm_campaign=x")]
    [InlineData("https://example.org/a/story?fbclid=abc&gclid=1")]
    [InlineData("https://example.org/a/story?src=rss")]
    [InlineData("https://example.org/a/story?cmp=rssfeed&at_medium=RSS&at_campaign=KARANGA")]
    [InlineData("https://example.org/a/index.html/../story")]
    [InlineData("https://example.org/a/story/index.html")]
    [InlineData("https://example.org/a/story;jsessionid=0A1B2C")]
    [InlineData("https://example.org/%61/st%6Fry")]
    [InlineData("https://www.google.com/url?rct=j&sa=t&url=https://example.org/a/story&ct=ga&usg=x")]
    [InlineData("https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa%2Fstory")]
    [InlineData("https://www.google.com/amp/s/example.org/a/story")]
    [InlineData("https://example-org.cdn.ampproject.org/c/s/example.org/a/story")]
    [InlineData("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%2Fstory%3Ffbclid%3Dx")]
    public void Every_address_of_a_page_is_one(string link) => Assert.Equal("example.org/a/story", CanonicalLink.Of(link));

    [Theory]
    [InlineData("https://example.org/story?id=1", "https://example.org/story?id=2")]
    [InlineData("https://example.org/story/1", "https://example.org/story/2")]
    [InlineData("https://example.org:8080/story", "https://example.org/story")]
    [InlineData("https://news.example.org/story", "https://example.org/story")]
    [InlineData("https://amp.dev/story", "https://dev/story")]
    [InlineData("https://example.org/champ/story", "https://example.org/ch/story")]
    [InlineData("https://example.org/stamp", "https://example.org/st")]
    [InlineData("https://example.org/search?q=rss+readers", "https://example.org/search?q=rss+writers")]
    [InlineData("https://www.google.com/url/about", "https://www.google.com/about")]
    public void Two_pages_stay_two(string one, string other) => Assert.NotEqual(CanonicalLink.Of(one), CanonicalLink.Of(other));

    [Fact]
    public void The_order_of_parameters_means_nothing() =>
        Assert.Equal(CanonicalLink.Of("https://example.org/?b=2&a=1"), CanonicalLink.Of("https://example.org/?a=1&utm_id=7&b=2"));

    [Fact]
    public void Letters_of_any_script_and_their_escapes_are_one() =>
        Assert.Equal(CanonicalLink.Of("https://example.org/뉴스/1"), CanonicalLink.Of("https://example.org/%EB%89%B4%EC%8A%A4/1"));

    [Fact]
    public void Any_link_is_read() => Gen.Select(Gen.OneOfConst("https://", "http://www.google.com/url?url=", "//", ""), Gen.String, Gen.String[0, 30]).Sample((start, host, path) => CanonicalLink.Of($"{start}{host}/{path}") is not "");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("story/1")]
    [InlineData("mailto:desk@example.org")]
    [InlineData("urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6")]
    public void What_is_no_web_address_has_none(string? link) => Assert.Null(CanonicalLink.Of(link));
}
