using AlertBot.Alerts;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Alerts;

/// <summary>What the outbox and the dispatcher guarantee, on a platform that misbehaves.</summary>
public sealed class AlertDeliveryTests
{
    [Fact]
    public async Task A_pause_that_the_platform_asks_for_is_kept_and_is_no_failed_attempt()
    {
        await using var bot = await WithAlertsAsync(1, "a");
        bot.Scripted.Next(_ => new SendResult.RetryAfter(TimeSpan.FromSeconds(30), "too fast"));
        await SendAsync(bot);
        bot.Time.Advance(TimeSpan.FromSeconds(29));
        await SendAsync(bot);
        Assert.Empty(bot.Scripted.Shown);
        bot.Time.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(bot);

        Assert.Single(bot.Scripted.Shown);
        Assert.Equal(2, bot.Scripted.Attempts);
    }

    [Theory]
    [InlineData(true, new int[0])]
    [InlineData(true, new[] { 1, 2, 3 })]
    [InlineData(false, new[] { 1, 2, 3 })]
    [InlineData(true, new[] { 2, 1, 3 })]
    public async Task What_comes_at_once_is_shown_in_the_order_in_which_it_came_out_whichever_way_the_feed_lists_it(bool newestOnTop, int[] hours)
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea");
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.TurnAsync();
        bot.Time.Advance(TimeSpan.FromHours(5));
        var items = Enumerable.Range(1, 3).Select(n => Rss.AboutNorthKorea(n) with { Date = n <= hours.Length ? (bot.Time.GetUtcNow() - TimeSpan.FromHours(4 - hours[n - 1])).ToString("r") : null });
        bot.Site.Serve("/feed", Rss.Feed([.. newestOnTop ? items : items.Reverse()]));
        await bot.TurnAsync();

        var due = Enumerable.Range(1, 3).OrderBy(n => hours.Length == 0 ? n : hours[n - 1]);
        Assert.Equal(due.Select(n => $"North Korea fires missile number {n}"), (await bot.AlertsAsync()).Select(c => c.Title));
    }

    [Fact]
    public async Task An_answer_that_was_lost_shows_nothing_twice()
    {
        await using var bot = await WithAlertsAsync(1, "a");
        bot.Scripted.Next(bot.Scripted.ShowThenLose);
        await SendAsync(bot);
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        await SendAsync(bot);

        Assert.Equal(2, bot.Scripted.Attempts);
        Assert.Single(bot.Scripted.Shown);
        Assert.Equal(1, (await bot.Get<OutboxStatus>().StateAsync(bot.Token)).Sent);
    }

    [Fact]
    public async Task After_a_lost_answer_every_attempt_says_since_when_it_may_be_shown()
    {
        await using var bot = await WithAlertsAsync(1, "a");
        var began = bot.Time.GetUtcNow();
        bot.Scripted.Next(_ => new SendResult.Unknown("no answer"), _ => new SendResult.RetryAfter(TimeSpan.FromMinutes(5), "too fast"), bot.Scripted.ShowThenLose);
        await SendAsync(bot);
        for (var attempt = 2; attempt <= 4; attempt++)
        {
            bot.Time.Advance(TimeSpan.FromMinutes(10));
            await SendAsync(bot);
        }

        Assert.Equal([null, began, began, began], bot.Scripted.Handed.Select(m => m.MaybeShownSince));
        Assert.Single(bot.Scripted.Handed.Select(m => m.IdempotencyKey).Distinct());
        Assert.Single(bot.Scripted.Shown);
    }

    [Fact]
    public async Task An_attempt_that_showed_nothing_leaves_no_doubt()
    {
        await using var bot = await WithAlertsAsync(1, "a");
        bot.Scripted.Next(_ => new SendResult.RetryAfter(null, "broken"), _ => new SendResult.NoAccess("no permission"), _ => new SendResult.RetryAfter(TimeSpan.FromSeconds(1), "too fast"));
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await SendAsync(bot);
            bot.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal([null, null, null, null], bot.Scripted.Handed.Select(m => m.MaybeShownSince));
        Assert.Single(bot.Scripted.Shown);
    }

    [Fact]
    public async Task A_process_killed_between_sending_and_noting_leaves_the_time_to_the_next_one()
    {
        await using var bot = await WithAlertsAsync(2, "a");
        using var kill = new CancellationTokenSource();
        var began = bot.Time.GetUtcNow();
        bot.Scripted.Next(message =>
        {
            kill.Cancel();
            try
            {
                return bot.Scripted.ShowThenLose(message);
            }
            catch (IOException)
            {
                throw new OperationCanceledException(kill.Token);
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bot.Get<DeliveryDispatcher>().DeliverDueAsync(kill.Token));
        bot.Time.Advance(TestStorage.LeaseOfAKilledOne);
        await bot.RestartAsync();
        await SendAsync(bot);

        Assert.Equal([null, began, null], bot.Scripted.Handed.Select(m => m.MaybeShownSince));
        Assert.Equal(2, bot.Scripted.Shown.Count);
    }

    [Fact]
    public async Task A_story_that_was_edited_before_its_alert_was_shown_is_shown_as_edited()
    {
        await using var bot = await WithAlertsAsync(1, "a");
        bot.Scripted.Next(_ => new SendResult.RetryAfter(TimeSpan.FromMinutes(1), "too fast"));
        await SendAsync(bot);
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1) with { Title = "North Korea fires nothing at all", Text = "North Korea did not fire." }));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        await SendAsync(bot);

        Assert.Equal([("a", "North Korea fires nothing at all")], bot.Scripted.Shown);
        var (before, after) = (bot.Scripted.Handed[0].Card, bot.Scripted.Handed[1].Card);
        Assert.StartsWith("North Korea fired missile number 1", Assert.Single(before.Blocks.OfType<CardBlock.Excerpt>()).Text, StringComparison.Ordinal);
        Assert.Empty(after.Blocks.OfType<CardBlock.Excerpt>());
    }

    [Fact]
    public async Task A_failing_alert_holds_up_only_its_own_channel_and_keeps_its_place_there()
    {
        await using var bot = await WithAlertsAsync(2, "a", "b");
        var isBroken = true;
        bot.Scripted.Next(Enumerable.Repeat<Func<OutgoingMessage, SendResult?>>(m => isBroken && m.To.Channel == "a" ? new SendResult.RetryAfter(null, "broken") : null, 10));
        await SendAsync(bot);
        Assert.Equal(["b", "b"], bot.Scripted.Shown.Select(s => s.Channel));

        isBroken = false;
        bot.Time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(bot);
        Assert.Equal(
            [("a", "North Korea fires missile number 1"), ("a", "North Korea fires missile number 2")],
            bot.Scripted.Shown.Where(s => s.Channel == "a"));
    }

    [Fact]
    public async Task A_channel_that_is_gone_refuses_its_alert_and_the_others_go_on()
    {
        await using var bot = await WithAlertsAsync(1, "a", "b");
        bot.Scripted.Next(Enumerable.Repeat<Func<OutgoingMessage, SendResult?>>(m => m.To.Channel == "a" ? new SendResult.ChannelGone("deleted") : null, 4));
        await bot.DeliverUntilTurnedAwayAsync();

        var state = await bot.Get<OutboxStatus>().StateAsync(bot.Token);
        Assert.Equal((1, 1, 0), (state.Sent, state.Refused, state.Pending));
    }

    [Fact]
    public async Task A_platform_that_fails_for_days_is_given_up_at_last()
    {
        await using var bot = await WithAlertsAsync(1, "a");
        bot.Scripted.Next(Enumerable.Repeat<Func<OutgoingMessage, SendResult?>>(_ => new SendResult.RetryAfter(null, "down"), 50));
        for (var day = 0; day < 5; day++)
        {
            for (var hour = 0; hour < 24; hour++)
            {
                bot.Time.Advance(TimeSpan.FromHours(1));
                await SendAsync(bot);
            }
        }

        var state = await bot.Get<OutboxStatus>().StateAsync(bot.Token);
        Assert.Equal((1, 0), (state.Abandoned, state.Pending));
        Assert.Equal(12, bot.Scripted.Attempts);
    }

    [Fact]
    public async Task What_a_killed_process_had_claimed_is_sent_by_the_next_one()
    {
        await using var bot = await WithAlertsAsync(3, "a");
        Assert.Single(await bot.Get<Outbox>().ClaimDueAsync("scripted", 10, bot.Token));
        await SendAsync(bot);
        Assert.Empty(bot.Scripted.Shown);

        bot.Time.Advance(TestStorage.LeaseOfAKilledOne);
        await bot.RestartAsync();
        await SendAsync(bot);
        Assert.Equal(3, bot.Scripted.Shown.Count);
    }

    [Fact]
    public async Task A_lease_ends_by_itself()
    {
        await using var bot = await WithAlertsAsync(1, "a");
        await bot.Get<Outbox>().ClaimDueAsync("scripted", 10, bot.Token);
        Assert.Empty(await bot.Get<Outbox>().ClaimDueAsync("scripted", 10, bot.Token));
        bot.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.Single(await bot.Get<Outbox>().ClaimDueAsync("scripted", 10, bot.Token));
    }

    [Fact]
    public async Task An_alert_of_a_platform_that_is_switched_off_waits()
    {
        await using var bot = await WithAlertsAsync(0, "a");
        await bot.SayAsync("/follow north-korea", channel: "c", platform: "absent");
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(7)));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        await SendAsync(bot);

        Assert.Equal(1, (await bot.Get<OutboxStatus>().StateAsync(bot.Token)).Pending);
    }

    private static Task<int> SendAsync(BotHarness bot) => bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);

    private static async Task<BotHarness> WithAlertsAsync(int stories, params string[] channels)
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        foreach (var channel in channels)
        {
            await bot.SayAsync("/follow north-korea", channel: channel, platform: "scripted");
        }

        await bot.TurnAsync();
        if (stories > 0)
        {
            bot.Site.Serve("/feed", Rss.Feed([.. Enumerable.Range(1, stories).Select(Rss.AboutNorthKorea)]));
            bot.Time.Advance(TimeSpan.FromMinutes(15));
            await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        }

        return bot;
    }
}
