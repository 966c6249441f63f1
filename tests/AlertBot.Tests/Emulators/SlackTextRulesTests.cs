using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Rules;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Emulators;

/// <summary>What a reader of mrkdwn would see act, and what stays letters.</summary>
public sealed class SlackTextRulesTests
{
    [Theory]
    [InlineData("<!channel> <!here|here> <!everyone>", "mention <!channel>, mention <!here|here>, mention <!everyone>")]
    [InlineData("<@U1> <@W1|ann> <!subteam^S1>", "mention <@U1>, mention <@W1|ann>, mention <!subteam^S1>")]
    [InlineData("<#C1|news>", "channel <#C1|news>")]
    [InlineData("<https://x.test/a?b=c|d> <mailto:a@x.test>", "link https://x.test/a?b=c, link mailto:a@x.test")]
    [InlineData("<!date^1^{date}|then>", "time <!date^1^{date}|then>")]
    [InlineData("*a* _b_ ~c~ `d` ```e```", "bold, italic, strike, code, preformatted")]
    [InlineData("*a <@U1>*", "bold, mention <@U1> in bold")]
    [InlineData("> a\n&gt; b", "quote, quote")]
    [InlineData(":tada:", "emoji :tada:")]
    public void What_acts_is_told(string text, string acts) => Assert.Equal(acts, string.Join(", ", TextRules.ActsOf(text)));

    [Theory]
    [InlineData("&lt;!channel&gt; &lt;@U1&gt; &lt;https://x.test|y&gt;")]
    [InlineData("2*3*4 snake_case_name a * b * c")]
    [InlineData("*\u200Ba*\u200B _\u200Bb_\u200B ~\u200Bc~\u200B")]
    [InlineData("a > b &amp; https://x.test, @channel")]
    public void The_rest_is_letters(string text) => Assert.Empty(TextRules.ActsOf(text));

    [Fact]
    public void A_bare_address_is_a_link_unless_the_text_is_verbatim() => Assert.Equal(["link https://x.test/a"], TextRules.ActsOf("see https://x.test/a", verbatim: false));

    [Fact]
    public void A_message_acts_in_its_text_and_in_every_mrkdwn_of_its_blocks() => Assert.Equal(
        ["mention <@U1>", "bold", "link https://x.test"],
        SlackMrkdwn.ActsOf(JsonNode.Parse(
            """
            {"text":"<@U1>","blocks":[{"type":"header","text":{"type":"plain_text","text":"*not*"}},
             {"type":"section","text":{"type":"mrkdwn","text":"*a*","verbatim":true},"fields":[{"type":"mrkdwn","text":"https://x.test"}]}]}
            """)));
}
