using AlertBot.Feeds;
using AlertBot.Feeds.Hubs;
using CsCheck;

namespace AlertBot.Tests.Feeds.Hubs;

public sealed class LinkHeaderTests
{
    private static readonly Uri Address = new("https://wire.example/news/feed");

    [Theory]
    [InlineData("<https://hub.example/>; rel=\"hub\", <https://wire.example/feed>; rel=\"self\"", "https://hub.example/", "https://wire.example/feed")]
    [InlineData("<https://hub.example/>;rel=hub", "https://hub.example/", null)]
    [InlineData("<https://a.example/>; rel=\"preload hub\"; as=style, </feed?a=1,2>; title=\"x, y\"; REL=Self", "https://a.example/", "https://wire.example/feed?a=1,2")]
    [InlineData("<https://a.example/>; rel=next", null, null)]
    [InlineData("<javascript:alert(1)>; rel=hub", null, null)]
    [InlineData("rel=hub", null, null)]
    [InlineData("<https://a.example/>; xrel=hub; rel=self", null, "https://a.example/")]
    [InlineData(null, null, null)]
    public void Hub_and_self_are_read(string? header, string? hub, string? self)
    {
        var hints = LinkHeader.Complete(FeedHints.None, header, Address);

        Assert.Equal((hub, self), (hints.Hub?.AbsoluteUri, hints.Self?.AbsoluteUri));
    }

    [Fact]
    public void The_header_goes_before_the_document_and_the_document_fills_what_is_missing()
    {
        var hints = LinkHeader.Complete(new FeedHints { Hub = new Uri("https://old.example/"), Self = Address }, "<https://new.example/>; rel=hub", Address);

        Assert.Equal(("https://new.example/", Address), (hints.Hub!.AbsoluteUri, hints.Self));
    }

    [Fact]
    public void No_header_stops_the_reading() => Gen.OneOf(Gen.String, Gen.OneOfConst("<", ">", ";", ",", "rel=", "\"", "hub", "=", " "))
        .Array[0, 40].Select(string.Concat).Sample(header => LinkHeader.Complete(FeedHints.None, header, Address) is not null, iter: 3000);
}
