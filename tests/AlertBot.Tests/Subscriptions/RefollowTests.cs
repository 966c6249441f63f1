using AlertBot.Platforms;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Subscriptions;

public sealed class RefollowTests
{
    [Fact]
    public async Task A_follow_is_changed_in_its_place_and_keeps_its_pause()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea", BotHarness.Member, "other");
        await bot.SayAsync("/mute north-korea hours:2", BotHarness.Member, "other");
        var before = Assert.Single(await FollowsAsync(bot, "other"));

        var card = await bot.SayAsync("/refollow channel:local:other north-korea to:china and sanctions");
        var after = Assert.Single(await FollowsAsync(bot, "other"));
        Assert.Equal("china and topic:sanctions", after.Expression.ToString());
        Assert.Equal(before with { Expression = after.Expression }, after);

        await bot.SayAsync(card.Actions[0].Command);
        Assert.Equal("north-korea", Assert.Single(await FollowsAsync(bot, "other")).Expression.ToString());
    }

    [Fact]
    public async Task Without_the_new_follow_a_form_shows_the_present_one()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow china and sanctions");

        var form = (await bot.SayAsync("/refollow china and sanctions")).Form!;
        Assert.Equal("/refollow china and topic:sanctions", form.Command);
        var field = Assert.Single(form.Fields);
        Assert.Equal(("to", "china and topic:sanctions", true), (field.Option, field.Value, field.Required));
    }

    [Theory]
    [InlineData("/refollow china to:russia", "does not follow china")]
    [InlineData("/refollow north-koree to:russia", "Did you mean")]
    [InlineData("/refollow north-korea to:rusia", "Did you mean")]
    [InlineData("/refollow north-korea to:north-korea", "Already following north-korea")]
    [InlineData("/refollow north-korea to:japan", "Already following japan")]
    public async Task What_can_not_be_changed_is_told_and_stays(string typed, string why)
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea");
        await bot.SayAsync("/follow japan");

        Assert.Contains(why, (await bot.SayAsync(typed)).Title, StringComparison.Ordinal);
        Assert.Equal(["north-korea", "japan"], (await FollowsAsync(bot, BotHarness.Channel)).Select(f => f.Expression.ToString()));
    }

    private static Task<IReadOnlyList<Subscription>> FollowsAsync(BotHarness bot, string channel) =>
        bot.Get<SubscriptionStore>().ListAsync(new ChannelAddress("local", channel), bot.Token);
}
