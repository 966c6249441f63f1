using AlertBot.Platforms.Discord;
using AlertBot.Tests.Support;
using CsCheck;

namespace AlertBot.Tests.Platforms.Discord;

public sealed class CustomIdTests
{
    [Theory]
    [InlineData(0, "c:/who kim-yung-ho", "C:")]
    [InlineData(1, "u:/who kim-yung-ho", "U:")]
    [InlineData(2, "f:/who kim-yung-ho", "F:")]
    public void A_line_stands_in_the_id_and_a_long_one_is_kept_under_a_key(int use, string id, string longPrefix)
    {
        var line = "/latest " + new string('x', 200);

        Assert.Equal(id, CustomId.Of((CustomIdUse)use, "/who kim-yung-ho").Id.ToString());
        var (longId, kept) = CustomId.Of((CustomIdUse)use, line);
        Assert.Equal(longPrefix + kept!.Key, longId.ToString());
        Assert.Equal((22, line), (kept.Key.Length, kept.Line));
    }

    [Theory]
    [InlineData(98, false)]
    [InlineData(99, true)]
    public void A_line_is_long_if_the_id_would_have_more_than_100_characters(int length, bool isLong) =>
        Assert.Equal(isLong, CustomId.Of(CustomIdUse.Answer, new string('x', length)).Long is not null);

    [Fact]
    public void A_key_belongs_to_its_line_for_ever() =>
        Assert.Equal("C:IcrcSyS-8p45DwPR1t3YLE", CustomId.Of(CustomIdUse.Answer, "/latest " + new string('x', 200)).Id.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("c:")]
    [InlineData("c: ")]
    [InlineData("x:/who")]
    [InlineData("c/who")]
    [InlineData("menu:0")]
    [InlineData("c:/who\n/feed remove 1")]
    [InlineData("c:/who \u202Eabc")]
    [InlineData("c: /who")]
    [InlineData("C:/who kim")]
    [InlineData("C:0123456789012345678901/")]
    [InlineData("C:012345678901234567890é")]
    [InlineData("F:012345678901234567890'")]
    public void Anything_else_is_no_id(string? text) => Assert.Null(CustomId.Parse(text));

    [Fact]
    public void An_id_of_more_than_100_characters_is_none() => Assert.Null(CustomId.Parse("c:" + new string('x', 99)));

    [Fact]
    public void What_was_written_reads_back() =>
        Gen.Select(HostileCards.Text, Gen.Enum<CustomIdUse>()).Where((line, _) => DiscordText.Clean(line).Trim().Length > 0).Sample((line, use) =>
        {
            var id = CustomId.Of(use, line).Id;
            Assert.Equal(id, CustomId.Parse(id.ToString()));
        }, iter: 2000);

    [Fact]
    public void Whatever_comes_in_reading_it_never_throws() =>
        Gen.OneOf(Gen.String, HostileCards.Text.Select(t => "c:" + t), HostileCards.Text.Select(t => "U:" + t)).Sample(text =>
        {
            var id = CustomId.Parse(text);
            Assert.True(id is null || id.ToString() == text);
        }, iter: 5000);
}
