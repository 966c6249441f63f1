using AlertBot.Alerts;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Alerts;

/// <summary>Follows that call a role: who may make them, how often they call, and that no attempt calls otherwise than the first.</summary>
public sealed class PingTests
{
    private static readonly ChatUser Moderator = new("scripted:mod", "mod", IsModerator: true);

    [Fact]
    public async Task The_alerts_of_a_follow_call_its_role_and_others_and_edits_call_nobody()
    {
        await using var bot = await WithFollowAsync("desk");
        await bot.SayAsync("/follow north-korea", Moderator, "b", "scripted");
        await NewsAsync(bot, 1);

        Assert.Equal(["desk"], bot.Scripted.Messages["alert-1"].Pings);
        Assert.Empty(bot.Scripted.Messages["alert-2"].Pings);
        Assert.Contains("calls desk", (await bot.SayAsync("/following", Moderator, "a", "scripted")).Text(), StringComparison.Ordinal);
        Assert.Contains("called desk at", (await bot.SayAsync("/where missile number 1", Moderator, "a", "scripted")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_moderators_let_a_follow_call_and_nobody_calls_everybody()
    {
        await using var bot = await BotHarness.StartAsync();
        var refused = await bot.SayAsync("/follow north-korea ping:desk", BotHarness.Member);
        Assert.Equal((CardTone.Problem, "Only moderators may let a follow call a role"), (refused.Tone, refused.Title));
        Assert.Equal("That can't be called", (await bot.SayAsync("/follow north-korea ping:@everyone")).Title);
        Assert.Equal(0, (await bot.QueryAsync<long>("SELECT COUNT(*) FROM subscriptions"))[0]);
    }

    [Fact]
    public async Task A_follow_that_is_there_calls_from_now_on_and_that_is_taken_back_like_any_change()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea", BotHarness.Member);
        Assert.Equal("Following north-korea", (await bot.SayAsync("/follow north-korea ping:desk")).Title);
        Assert.Equal("desk", Assert.Single(await FollowsAsync(bot)).Ping);
        Assert.Contains("Let the follow north-korea in #desk call desk", (await bot.SayAsync("/audit kind:follow")).Text(), StringComparison.Ordinal);

        await bot.SayAsync("/undo 1");
        Assert.Null(Assert.Single(await FollowsAsync(bot)).Ping);
        await bot.SayAsync("/undo 2");
        await bot.SayAsync("/unfollow north-korea");
        Assert.Empty(await FollowsAsync(bot));
        await bot.SayAsync("/undo 4");
        Assert.Equal("desk", Assert.Single(await FollowsAsync(bot)).Ping);
    }

    [Fact]
    public async Task What_is_over_the_ceiling_of_the_hour_calls_nobody_through_restarts_and_replicas()
    {
        await using var bot = await WithFollowAsync("desk");
        await bot.SayAsync("/channel pings 2", Moderator, "a", "scripted");
        await NewsAsync(bot, 1, 2);
        await bot.RestartAsync();
        await NewsAsync(bot, 3);
        Assert.Equal(["desk", "desk", ""], Called(bot));
        Assert.Contains("called nobody: the channel was called as often in the hour as it may be", (await bot.SayAsync("/where missile number 3", Moderator, "a", "scripted")).Text(), StringComparison.Ordinal);

        bot.Time.Advance(TimeSpan.FromHours(1));
        await NewsAsync(bot, 4);
        Assert.Equal(["desk", "desk", "", "desk"], Called(bot));

        await bot.SayAsync("/channel pings 0", Moderator, "a", "scripted");
        await NewsAsync(bot, 5);
        Assert.Equal("", Called(bot)[^1]);
        Assert.Contains("never", (await bot.SayAsync("/channel show", Moderator, "a", "scripted")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_attempt_calls_as_the_first_did_whatever_is_chosen_between()
    {
        await using var bot = await WithFollowAsync("desk");
        bot.Scripted.Next(_ => new SendResult.RetryAfter(null, "stumbled"), bot.Scripted.ShowThenLose);
        await NewsAsync(bot, 1);
        await bot.SayAsync("/channel pings 0", Moderator, "a", "scripted");
        await bot.RestartAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(30));
        await bot.DeliverAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(30));
        await bot.DeliverAsync();

        Assert.Equal(3, bot.Scripted.Attempts);
        Assert.All(bot.Scripted.Handed, h => Assert.Equal(["desk"], h.Pings));
        Assert.Equal(1, (await bot.QueryAsync<long>("SELECT COUNT(*) FROM outbox WHERE pinged_at > 0"))[0]);
    }

    private static List<string> Called(BotHarness bot) => [.. bot.Scripted.Messages.Values.Select(m => string.Join(' ', m.Pings))];

    private static Task<IReadOnlyList<Subscription>> FollowsAsync(BotHarness bot) => bot.Get<SubscriptionStore>().ListAsync(bot.Token);

    private static async Task<BotHarness> WithFollowAsync(string ping)
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.TurnAsync();
        Assert.Equal("Following north-korea", (await bot.SayAsync($"/follow north-korea ping:{ping}", Moderator, "a", "scripted")).Title);
        return bot;
    }

    private static async Task NewsAsync(BotHarness bot, params int[] numbers)
    {
        bot.Site.Serve("/feed", Rss.Feed([.. numbers.Select(Rss.AboutNorthKorea)]));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        foreach (var _ in numbers)
        {
            await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);
        }
    }
}
