using System.Text;
using AlertBot.Feeds;

namespace AlertBot.Tests.Feeds;

public sealed class FeedHintsTests
{
    private const string Modules = "xmlns:y='http://purl.org/rss/1.0/modules/syndication/' xmlns:a10='http://www.w3.org/2005/Atom'";

    [Fact]
    public void A_channel_says_when_to_ask()
    {
        var hints = Rss("""
            <ttl> 90 </ttl><skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>25</hour><hour>x</hour></skipHours>
            <skipDays><day>Saturday</day><day> sunday </day><day>1</day></skipDays>
            <y:updatePeriod>hourly</y:updatePeriod><y:updateFrequency>4</y:updateFrequency>
            <a10:link rel="self" href="/feed.xml"/><a10:link rel="hub" href="https://hub.example/"/><a10:link rel="hub" href="https://other.example/"/>
            """);

        Assert.Equal(TimeSpan.FromMinutes(90), hints.Ttl);
        Assert.Equal([0, 7], hints.SkipHours.Order());
        Assert.Equal([DayOfWeek.Sunday, DayOfWeek.Saturday], hints.SkipDays.Order());
        Assert.Equal(TimeSpan.FromMinutes(15), hints.UpdatePeriod);
        Assert.Equal((new Uri("https://e.example/feed.xml"), new Uri("https://hub.example/")), (hints.Self, hints.Hub));
    }

    [Theory]
    [InlineData("<y:updatePeriod>daily</y:updatePeriod>", 24.0)]
    [InlineData("<y:updatePeriod> Weekly </y:updatePeriod><y:updateFrequency>7</y:updateFrequency>", 24.0)]
    [InlineData("<y:updateFrequency>2</y:updateFrequency>", 12.0)]
    [InlineData("<y:updatePeriod>hourly</y:updatePeriod><y:updateFrequency>0</y:updateFrequency>", 1.0)]
    [InlineData("<y:updatePeriod>hourly</y:updatePeriod><y:updateFrequency>often</y:updateFrequency>", 1.0)]
    [InlineData("<y:updatePeriod>sometimes</y:updatePeriod>", null)]
    [InlineData("", null)]
    public void The_period_is_divided_by_the_frequency(string elements, double? hours) => Assert.Equal(hours, Rss(elements).UpdatePeriod?.TotalHours);

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("99999999")]
    [InlineData("")]
    public void A_lifetime_that_makes_no_sense_says_nothing(string ttl) => Assert.Null(Rss($"<ttl>{ttl}</ttl>").Ttl);

    [Fact]
    public void A_feed_that_would_never_be_asked_skips_nothing()
    {
        var hours = string.Concat(Enumerable.Range(1, 24).Select(hour => $"<hour>{hour}</hour>"));
        var days = string.Concat(Enum.GetNames<DayOfWeek>().Select(day => $"<day>{day}</day>"));

        var hints = Rss($"<skipHours>{hours}</skipHours><skipDays>{days}</skipDays>");

        Assert.Empty(hints.SkipHours);
        Assert.Empty(hints.SkipDays);
    }

    [Fact]
    public void Atom_names_its_hub_and_itself()
    {
        var hints = Parse("""
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/"><link rel="HUB" href="javascript:x"/><link rel="hub" href="https://hub.example/"/>
            <link rel="self" href="feed"/><entry><link rel="hub" href="https://no.example/"/><id>1</id></entry></feed>
            """);

        Assert.Equal((new Uri("https://hub.example/"), new Uri("https://b.example/feed")), (hints.Hub, hints.Self));
    }

    [Fact]
    public void Json_feed_names_its_hub_and_itself()
    {
        var hints = Parse("""
            {"version":"https://jsonfeed.org/version/1.1","title":"T","feed_url":"https://e.example/feed.json","items":[],
            "hubs":[{"type":"rssCloud","url":"https://cloud.example/"},{"type":"WebSub","url":"https://hub.example/"},7]}
            """);

        Assert.Equal((new Uri("https://hub.example/"), new Uri("https://e.example/feed.json")), (hints.Hub, hints.Self));
    }

    private static FeedHints Rss(string elements) =>
        Parse($"<rss version='2.0' {Modules}><channel><title>T</title><link>https://www.e.example/</link>{elements}</channel></rss>");

    private static FeedHints Parse(string document) => Assert.IsType<FeedReading.Parsed>(
        FeedParser.Parse(new FeedDocument(Encoding.UTF8.GetBytes(document), null, new Uri("https://e.example/news")))).Feed.Hints;
}
