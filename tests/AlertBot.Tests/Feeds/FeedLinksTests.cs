using AlertBot.Feeds;

namespace AlertBot.Tests.Feeds;

public sealed class FeedLinksTests
{
    [Theory]
    [InlineData("http://a.example/x", "http://a.example/x")]
    [InlineData("  https://a.example/x?y=1&amp;z=2#f \n", "https://a.example/x?y=1&z=2#f")]
    [InlineData("HTTP://A.example", "HTTP://A.example")]
    [InlineData("https://a.example/a\n b", "https://a.example/a%20b")]
    [InlineData("https://a.example/новости", "https://a.example/новости")]
    [InlineData("https://a.example/x\u202Ey\u200B", "https://a.example/xy")]
    [InlineData("/x/../y", "https://base.example/y")]
    [InlineData("y.html", "https://base.example/dir/y.html")]
    [InlineData("?q=a:b", "https://base.example/dir/page?q=a:b")]
    [InlineData("//cdn.example/x", "https://cdn.example/x")]
    [InlineData("www.a.example/x", "http://www.a.example/x")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("ftp://a.example/x", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("http://", null)]
    [InlineData("http:///x", null)]
    [InlineData("mailto:a@b.example", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_link_becomes_absolute_or_nothing(string? written, string? expected) =>
        Assert.Equal(expected, FeedLinks.Resolve(written, new Uri("https://base.example/dir/page")));

    [Fact]
    public void A_relative_link_without_a_base_is_nothing() => Assert.Null(FeedLinks.Resolve("/x", null));

    [Fact]
    public void A_link_of_absurd_length_is_nothing() => Assert.Null(FeedLinks.Resolve($"https://a.example/{new string('x', 5000)}", null));

    [Fact]
    public void A_base_that_is_none_leaves_the_outer_one()
    {
        var outer = new Uri("https://base.example/");

        Assert.Equal(new Uri("https://base.example/in/"), FeedLinks.Base("in/", outer));
        Assert.Equal(outer, FeedLinks.Base("urn:x", outer));
        Assert.Equal(outer, FeedLinks.Base(null, outer));
    }
}
