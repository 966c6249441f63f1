using AlertBot.Platforms.Slack.Interactions;
using CsCheck;

namespace AlertBot.Tests.Platforms.Slack;

public sealed class SlackLineTests
{
    [Theory]
    [InlineData("who <@U1|kim>", "who @kim")]
    [InlineData("who <@U1>", "who U1")]
    [InlineData("follow dprk <#C1|desk>", "follow dprk slack:T1/C1")]
    [InlineData("follow dprk <#C1>", "follow dprk slack:T1/C1")]
    [InlineData("follow dprk <#C1|>", "follow dprk slack:T1/C1")]
    [InlineData("setup role <!subteam^S1|@desk>", "setup role S1")]
    [InlineData("feed add <https://x.example/a?b=1&amp;c=2>", "feed add https://x.example/a?b=1&c=2")]
    [InlineData("feed add <https://x.example|x.example> title:“My feed”", "feed add https://x.example title:“My feed”")]
    [InlineData("<mailto:a@b.example|a@b.example>", "a@b.example")]
    [InlineData("a &amp;amp; b &lt;c&gt;", "a &amp; b <c>")]
    [InlineData("<!here> hi", "@here hi")]
    [InlineData("<!date^1^{date}|today>", "today")]
    [InlineData("1 < 2 > 1", "1 < 2 > 1")]
    [InlineData("<unknown>", "<unknown>")]
    [InlineData("trend dprk weeks:\u200B52", "trend dprk weeks:52")]
    [InlineData("<#C1/../C2|x>", "<#C1/../C2|x>")]
    public void Slacks_marks_become_what_our_commands_read(string text, string line) => Assert.Equal(line, SlackLine.Of(text, "T1"));

    [Theory]
    [InlineData("<@UBOT> who Kim", "who Kim")]
    [InlineData("  <@UBOT|alertbot>: who Kim", "who Kim")]
    [InlineData("<@UBOT>", "")]
    [InlineData("<@U2> who Kim", "U2 who Kim")]
    [InlineData("who <@UBOT>", "who UBOT")]
    public void The_mention_of_the_bot_at_the_start_is_no_part_of_the_line(string text, string line) => Assert.Equal(line, SlackLine.Of(text, "T1", "UBOT"));

    [Fact]
    public void Nothing_that_was_typed_is_too_strange_and_what_has_no_marks_stays() => Gen.String.Sample(text =>
    {
        SlackLine.Of(text, "T1", "UBOT");
        var escaped = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        Assert.Equal(text.Replace("\u200B", "", StringComparison.Ordinal), SlackLine.Of(escaped, "T1", "UBOT"));
    });

    [Fact]
    public void No_arrangement_of_marks_is_too_strange() =>
        Gen.OneOfConst("<", ">", "@", "#", "!", "|", "^", "U1", "C1", "subteam", "https://", "&amp;", "&lt;", " ", "mailto:").Array[0, 12].Sample(parts => SlackLine.Of(string.Concat(parts), "T1", "U1") is not null);
}
