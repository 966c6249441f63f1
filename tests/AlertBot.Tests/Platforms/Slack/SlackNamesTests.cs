using AlertBot.Platforms;
using AlertBot.Platforms.Slack;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms.Slack;

public sealed class SlackNamesTests
{
    [Theory]
    [InlineData("/alertbot", "who Kim Yong Un", "/who Kim Yong Un")]
    [InlineData("/alertbot", "/who Kim", "/who Kim")]
    [InlineData("/alertbot", "whois Kim", "/who Kim")]
    [InlineData("/alertbot", "  feed add https://x ", "/feed add https://x")]
    [InlineData("/alertbot", "", "/help")]
    [InlineData("/alertbot", " / ", "/help")]
    [InlineData("/ab-alertbot", "help", "/help")]
    [InlineData("/follow", "north-korea", "/follow north-korea")]
    [InlineData("/unfollow", "north-korea", "/unfollow north-korea")]
    [InlineData("/ab-unfollow", "north-korea", "/unfollow north-korea")]
    [InlineData("/whois", "Kim", "/who Kim")]
    [InlineData("/ab-whois", "", "/who")]
    [InlineData("/strange", "x", "/strange x")]
    public void A_slash_command_is_a_line_of_ours_whatever_stands_in_front_of_its_name(string command, string text, string line) =>
        Assert.Equal(line, SlackNames.LineOf(command, text));

    [Theory]
    [InlineData("who")]
    [InlineData("mute")]
    [InlineData("topic")]
    [InlineData("feed")]
    [InlineData("unarchive")]
    public void Names_of_Slacks_own_commands_can_not_be_declared(string name) => Assert.Contains("Slack's own", SlackNames.FaultOf(name), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("Follow")]
    [InlineData("under_score")]
    [InlineData("a234567890123456789012345678901x")]
    public void A_name_is_short_and_has_lower_case_letters_digits_and_dashes_only(string name) => Assert.NotNull(SlackNames.FaultOf(name));

    [Fact]
    public async Task Every_command_can_be_typed_behind_the_root_and_the_names_of_its_own_lead_back_to_it()
    {
        await using var bot = await BotHarness.StartAsync();
        var router = bot.Get<CommandRouter>();

        Assert.All(router.Commands, c => Assert.Equal(c.Name, router.Find(SlackNames.LineOf("/alertbot", c.Name))?.Command.Name));
        Assert.All(SlackNames.StandAlone, s => Assert.Equal($"/{s.Key} x", SlackNames.LineOf($"/ab-{s.Value}", "x")));
        Assert.All(SlackNames.StandAlone.Values.Append(SlackNames.Root), n => Assert.Null(SlackNames.FaultOf(n)));
    }
}
