using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms.Slack;

public sealed class SlackSpellingTests
{
    [Theory]
    [InlineData("Type /feed add and an address.", "Type /alertbot feed add and an address.")]
    [InlineData("/feed", "/alertbot feed")]
    [InlineData("(/latest)", "(/alertbot latest)")]
    [InlineData("/follow north-korea", "/follow north-korea")]
    [InlineData("/who kim", "/whois kim")]
    [InlineData("/who-is-in text", "/alertbot who-is-in text")]
    [InlineData("/whole /feeding /latest/x", "/whole /feeding /latest/x")]
    [InlineData("https://site.example/latest and a/mute", "https://site.example/latest and a/mute")]
    [InlineData("/mute, then /mute.", "/alertbot mute, then /alertbot mute.")]
    public void Our_commands_are_spelt_as_people_type_them_on_Slack(string ours, string slack) => Assert.Equal(slack, SlackCards.Spelling().Of(ours));

    [Fact]
    public void The_prefix_of_the_settings_stands_before_each() =>
        Assert.Equal("/ab-follow or /ab-alertbot mute", SlackCards.Spelling("ab-").Of("/follow or /mute"));
}
