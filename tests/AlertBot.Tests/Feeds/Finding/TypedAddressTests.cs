using AlertBot.Feeds.Finding;

namespace AlertBot.Tests.Feeds.Finding;

public sealed class TypedAddressTests
{
    [Theory]
    [InlineData("https://www.38north.org/feed/", "https://www.38north.org/feed/")]
    [InlineData("38north.org", "https://38north.org/ http://38north.org/")]
    [InlineData("  <https://38north.org>  ", "https://38north.org/")]
    [InlineData("feed://38north.org/rss", "https://38north.org/rss http://38north.org/rss")]
    [InlineData("feed:http://38north.org/rss", "http://38north.org/rss")]
    [InlineData("//38north.org/rss", "https://38north.org/rss http://38north.org/rss")]
    [InlineData("127.0.0.1:8080/rss", "https://127.0.0.1:8080/rss http://127.0.0.1:8080/rss")]
    [InlineData("@nknews@mastodon.social", "https://mastodon.social/@nknews http://mastodon.social/@nknews")]
    [InlineData("youtube.com/@voakorea", "https://youtube.com/@voakorea http://youtube.com/@voakorea")]
    public void What_people_type_is_an_address(string typed, string meant) =>
        Assert.Equal(meant, string.Join(' ', TypedAddress.Read(typed, out _).Select(a => a.AbsoluteUri)));

    [Theory]
    [InlineData("north korea")]
    [InlineData("pyongyang")]
    [InlineData("ftp://38north.org/feed")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    [InlineData("https://user:secret@38north.org/")]
    public void What_is_no_address_is_told(string typed)
    {
        Assert.Empty(TypedAddress.Read(typed, out var why));
        Assert.NotEmpty(why);
        Assert.DoesNotContain("secret", why, StringComparison.Ordinal);
    }
}
