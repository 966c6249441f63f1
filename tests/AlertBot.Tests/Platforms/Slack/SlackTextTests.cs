using AlertBot.Platforms.Slack;

namespace AlertBot.Tests.Platforms.Slack;

public sealed class SlackTextTests
{
    private const string Invisible = "\u200B";

    [Theory]
    [InlineData("a & b <c>", "a &amp; b &lt;c&gt;")]
    [InlineData("<!channel> <@U1>", "&lt;!channel&gt; &lt;@U1&gt;")]
    [InlineData("a *b*", "a ~*~b~*~")]
    [InlineData("> quoted", "~&gt; quoted")]
    [InlineData("  > quoted", "~&gt; quoted")]
    [InlineData(">>> quoted", "~&gt;&gt;&gt; quoted")]
    [InlineData("\u200B> quoted", "~&gt; quoted")]
    [InlineData("- item", "~- item")]
    [InlineData("1. first", "1~. first")]
    [InlineData(":smile:", ":~smile:~")]
    [InlineData("`code`", "ˋcodeˋ")]
    [InlineData("a\u202Eb\u0007c\nd", "abc d")]
    public void Foreign_text_is_shown_and_does_nothing(string foreign, string slack) =>
        Assert.Equal(slack.Replace("~", Invisible, StringComparison.Ordinal), SlackText.Markup(foreign).Cut(200));

    [Fact]
    public void A_line_that_begins_with_a_bracket_is_no_quote_in_bold_and_without_its_link_either()
    {
        Assert.Equal($"{Invisible}*&gt; quoted*{Invisible}", new SlackText().Add("> quoted", bold: true).Cut(200));
        Assert.Equal($"{Invisible}&gt; quoted", new SlackText().AddLink("> quoted", "no address", 100).Cut(200));
        Assert.StartsWith($"{Invisible}&gt;", new SlackText().Add("> quoted, at length").Cut(20), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one & two", 6, "one…")]
    [InlineData("&&&", 6, "&amp;…")]
    [InlineData("&&&", 5, "…")]
    [InlineData("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 14, "👨‍👩‍👧‍👦…")]
    [InlineData("one two", 7, "one two")]
    public void A_line_is_cut_between_whole_characters_and_their_escapes(string foreign, int most, string cut) => Assert.Equal(cut, SlackText.Markup(foreign).Cut(most));

    [Theory]
    [InlineData("A|b <c>", "https://site.example/?a=1&b=|", "<https://site.example/?a=1&amp;b=%7C|A｜b ‹c›>")]
    [InlineData("A", "javascript:alert(1)", "A")]
    [InlineData("", "https://site.example/", "")]
    public void A_link_keeps_within_its_brackets_or_is_none(string label, string address, string slack) =>
        Assert.Equal(slack, new SlackText().AddLink(label, address, 100).Cut(200));

    [Fact]
    public void An_address_that_escapes_to_more_than_a_section_holds_is_no_link() =>
        Assert.Equal("A", new SlackText().AddLink("A", "https://site.example/?" + new string('&', 900), 100).Cut(200));

    [Fact]
    public void A_time_is_shown_in_the_readers_zone() =>
        Assert.Equal("<!date^0^{date_short_pretty} {time}|1970-01-01 00:00 UTC>", SlackText.Time(DateTimeOffset.UnixEpoch));
}
