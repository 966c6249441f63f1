using AlertBot.Subscriptions;

namespace AlertBot.Tests.Subscriptions;

public sealed class TimeZonesTests
{
    [Theory]
    [InlineData("asia/seoul", "Asia/Seoul")]
    [InlineData("America/New York", "America/New_York")]
    [InlineData("utc", "UTC")]
    [InlineData("Seoul", null)]
    [InlineData("Mars/Olympus", null)]
    [InlineData("", null)]
    public void Zones_are_those_of_the_database(string name, string? id) => Assert.Equal(id, TimeZones.Find(name)?.Id);

    [Theory]
    [InlineData("seo", "Asia/Seoul")]
    [InlineData("new y", "America/New_York")]
    [InlineData("europe/be", "Europe/Belfast")]
    public void What_is_being_typed_is_completed(string typed, string first) => Assert.Equal(first, TimeZones.Suggest(typed).First());

    [Theory]
    [InlineData("Aisa/Seoul", "Asia/Seoul")]
    [InlineData("Soeul", "Asia/Seoul")]
    [InlineData("Europe/Berln", "Europe/Berlin")]
    public void A_slip_finds_what_was_meant(string typed, string meant) => Assert.Equal(meant, TimeZones.Nearest(typed).First());

    [Fact]
    public void Nothing_is_suggested_for_what_is_like_no_zone() => Assert.Empty(TimeZones.Nearest("the usual one, please"));
}
