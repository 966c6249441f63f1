using AlertBot.Platforms.Discord.Wire;

namespace AlertBot.Tests.Architecture;

public sealed class MentionRuleTests
{
    private const string Planted = "Planted.Discord";

    [Fact]
    public void No_message_to_Discord_can_call_anybody() =>
        Assert.Empty(MentionRule.Violations(typeof(DiscordMessage).Assembly, "AlertBot.Platforms.Discord"));

    [Fact]
    public void A_message_says_and_calls_no_more_than_the_roles_it_was_given()
    {
        var message = new DiscordMessage { Pings = ["1", "@everyone", "1> @everyone", "", "1", "2"] };
        Assert.Equal(("<@&1> <@&2>", 0), (message.Content, message.AllowedMentions.Parse.Count));
        Assert.Equal(["1", "2"], message.AllowedMentions.Roles!);
        Assert.False(typeof(DiscordMessage).GetProperty(nameof(DiscordMessage.Content))!.CanWrite);
    }

    [Fact]
    public void The_message_is_seen() =>
        Assert.Equal([typeof(DiscordMessage)], MentionRule.Messages(typeof(DiscordMessage).Assembly, "AlertBot.Platforms.Discord"));

    [Theory]
    [InlineData("MessageWithoutMentions can be written")]
    [InlineData("MessageWithMentionsOfChoice can be written")]
    [InlineData("MessageOfOtherName can be written")]
    [InlineData("MessageWithAnythingElse can be written")]
    [InlineData("MessageWithComponents can be written")]
    [InlineData("MessageByHand makes a message by hand: {\"content\"")]
    [InlineData("MessageByHand makes a message by hand: System.Void <>f__AnonymousType")]
    [InlineData("MessageByHand makes a message by hand: System.Void System.Text.Json.Nodes.JsonObject")]
    public void A_planted_message_is_caught(string violation) =>
        Assert.Contains(MentionRule.Violations(typeof(MentionRuleTests).Assembly, Planted), v => v.StartsWith(violation, StringComparison.Ordinal));

    [Fact]
    public void A_message_that_is_only_read_is_let_through() =>
        Assert.DoesNotContain(MentionRule.Violations(typeof(MentionRuleTests).Assembly, Planted), v => v.StartsWith("MessageToRead", StringComparison.Ordinal));
}
