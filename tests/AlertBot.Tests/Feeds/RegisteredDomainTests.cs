using AlertBot.Feeds;

namespace AlertBot.Tests.Feeds;

public sealed class RegisteredDomainTests
{
    [Theory]
    [InlineData("https://someone.substack.com/feed", "substack.com")]
    [InlineData("https://feeds.bbci.co.uk/news/rss.xml", "bbci.co.uk")]
    [InlineData("https://www.mofa.go.kr/rss", "mofa.go.kr")]
    [InlineData("https://feed.koreatimes.co.kr/k/a.xml", "koreatimes.co.kr")]
    [InlineData("https://en.yna.co.kr./rss", "yna.co.kr")]
    [InlineData("https://news.un.org/feed", "un.org")]
    [InlineData("https://www.abc.net.au/feed", "abc.net.au")]
    [InlineData("https://t.co/feed", "t.co")]
    [InlineData("https://co.kr/feed", "co.kr")]
    [InlineData("https://example.org:8443/feed", "example.org:8443")]
    [InlineData("https://EXAMPLE.org:443/feed", "example.org")]
    [InlineData("http://127.0.0.1:8099/feed", "127.0.0.1:8099")]
    [InlineData("http://[2001:db8::1]/feed", "[2001:db8::1]")]
    [InlineData("http://localhost/feed", "localhost")]
    public void All_names_below_the_registered_one_are_one_host(string address, string expected) => Assert.Equal(expected, RegisteredDomain.Of(new Uri(address)));
}
