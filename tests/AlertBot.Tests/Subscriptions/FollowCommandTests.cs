using AlertBot.Platforms;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Subscriptions;

/// <summary>/follow and its kin, for this channel and for another one.</summary>
public sealed class FollowCommandTests
{
    private static readonly ChannelAddress Here = new("local", BotHarness.Channel);
    private static readonly ChannelAddress There = new("local", "other");

    [Fact]
    public async Task What_cannot_be_posted_is_not_promised()
    {
        await using var bot = await BotHarness.StartAsync();
        var card = await SayAsync(bot, "/follow north-korea", closed: Here);

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Contains("Give me the key.", card.Blocks.OfType<CardBlock.Paragraph>().Select(p => p.Text));
        Assert.Empty(await FollowsAsync(bot, Here));
    }

    [Theory]
    [InlineData("/follow channel:#other north-korea and sanctions")]
    [InlineData("/follow north-korea and sanctions channel:#other")]
    public async Task A_follow_is_set_up_for_another_channel(string typed)
    {
        await using var bot = await BotHarness.StartAsync();
        var card = await SayAsync(bot, typed);
        var follow = Assert.Single(await FollowsAsync(bot, There));
        Assert.Equal(("north-korea and topic:sanctions", "mod"), (follow.Expression.ToString(), follow.CreatedBy));
        Assert.Equal("Following north-korea and topic:sanctions in #other", card.Title);
        Assert.Empty(await FollowsAsync(bot, Here));

        Assert.StartsWith("#other has 1 follow", (await SayAsync(bot, card.Actions[0].Command)).Title, StringComparison.Ordinal);
        await SayAsync(bot, card.Actions[1].Command);
        Assert.Empty(await FollowsAsync(bot, There));
    }

    [Theory]
    [InlineData("/follow channel:#other china")]
    [InlineData("/unfollow channel:#other north-korea")]
    [InlineData("/following channel:#other")]
    public async Task A_channel_that_a_person_may_not_use_is_neither_changed_nor_shown(string typed)
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea", channel: "other");
        var card = await SayAsync(bot, typed, closed: There);

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.DoesNotContain("north-korea", card.ToString(), StringComparison.Ordinal);
        Assert.Equal("north-korea", Assert.Single(await FollowsAsync(bot, There)).Expression.ToString());
    }

    [Fact]
    public async Task A_follow_of_a_closed_channel_can_be_ended_in_it()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayAsync(bot, "/follow north-korea");
        await SayAsync(bot, "/unfollow north-korea", closed: Here);

        Assert.Empty(await FollowsAsync(bot, Here));
    }

    private static Task<Card> SayAsync(BotHarness bot, string text, ChannelAddress? closed = null) => bot.Get<CommandRouter>().AnswerTextAsync(
        text,
        new CommandInvocation("", new Dictionary<string, string>(), Here, BotHarness.Moderator)
        {
            PostingFaultAsync = (channel, _) => ValueTask.FromResult(channel == closed ? "Give me the key." : null),
        },
        bot.Token);

    private static Task<IReadOnlyList<Subscription>> FollowsAsync(BotHarness bot, ChannelAddress channel) => bot.Get<SubscriptionStore>().ListAsync(channel, bot.Token);
}
