using AlertBot.Alerts;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Alerts;

/// <summary>Channels that can't be posted to: what becomes of their alerts, and who is told.</summary>
public sealed class ChannelTroubleTests
{
    private static readonly ChannelAddress Inbox = new("scripted", "inbox-of-ann");
    private static readonly ChatUser Ann = new("scripted:ann", "ann", IsModerator: false) { Inbox = Inbox };

    [Fact]
    public async Task A_channel_that_is_gone_drops_all_that_waits_and_takes_nothing_new()
    {
        await using var bot = await WithAlertsAsync(3);
        Away(bot, new SendResult.ChannelGone("It was deleted."));
        await TurnAsync(bot, 4);

        var state = await bot.Get<OutboxStatus>().StateAsync(bot.Token);
        Assert.Equal((0, 3, 0), (state.Sent, state.Refused, state.Pending));
        Assert.Equal(3, bot.Scripted.Handed.Count(m => m.To.Channel == "a"));
        Assert.Single(await bot.Get<SubscriptionStore>().ListAsync(new ChannelAddress("scripted", "a"), bot.Token));
        Assert.Contains("Nothing is posted", FactsOf(await FollowAsync(bot, "/following", "a")), StringComparison.Ordinal);

        await FollowAsync(bot, "/follow north-korea", "a");
        await TurnAsync(bot, 5);
        Assert.Equal("North Korea fires missile number 5", Assert.Single(bot.Scripted.Shown, s => s.Channel == "a").Title);
    }

    [Fact]
    public async Task The_one_who_follows_is_told_once_with_the_reason_and_the_stories()
    {
        await using var bot = await WithAlertsAsync(7);
        await FollowAsync(bot, "/follow china", "a");
        Away(bot, new SendResult.ChannelGone("It was deleted."));
        await TurnAsync(bot, 8);
        await TurnAsync(bot, 9);

        var card = Assert.Single(bot.Scripted.Handed, m => m.To == Inbox).Card;
        Assert.Equal("#a is gone", card.Title);
        Assert.Contains("It was deleted.", card.Blocks.OfType<CardBlock.Paragraph>().Select(p => p.Text));
        var rows = Assert.Single(card.Blocks.OfType<CardBlock.Items>()).Rows;
        Assert.Equal("North Korea fires missile number 1", rows[0].Text);
        Assert.Equal("and 2 more", rows[^1].Text);
    }

    [Fact]
    public async Task A_closed_channel_is_probed_ever_more_rarely_and_loses_nothing()
    {
        await using var bot = await WithAlertsAsync(2);
        var closed = true;
        bot.Scripted.Next(Enumerable.Repeat<Func<OutgoingMessage, SendResult?>>(m => closed && m.To.Channel == "a" ? new SendResult.NoAccess("Give me Send Messages.") : null, 100));
        var probes = new List<int>();
        for (var hour = 0; hour < 48; hour++)
        {
            var before = bot.Scripted.Handed.Count(m => m.To.Channel == "a");
            await DeliverAsync(bot);
            probes.AddRange(bot.Scripted.Handed.Count(m => m.To.Channel == "a") > before ? [hour] : []);
            bot.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal([0, 1, 4, 10, 22, 34, 46], probes);
        Assert.Equal(1, await bot.Get<ChannelTroubles>().CountAsync(bot.Token));
        closed = false;
        bot.Time.Advance(TimeSpan.FromHours(12));
        await DeliverAsync(bot);

        Assert.Equal(["While you were away: 2 stories"], ShownIn(bot, "a"));
        Assert.Equal(["I can't post in #a", "Alerts are shown in #a again"], ShownIn(bot, Inbox.Channel));
        Assert.Equal(0, await bot.Get<ChannelTroubles>().CountAsync(bot.Token));
    }

    [Fact]
    public async Task Following_in_a_closed_channel_again_sends_what_waited_at_once()
    {
        await using var bot = await WithAlertsAsync(2);
        Away(bot, new SendResult.NoAccess("Give me Send Messages."));
        await DeliverAsync(bot);
        Assert.Contains("Give me Send Messages.", FactsOf(await FollowAsync(bot, "/following", "a")), StringComparison.Ordinal);
        var answer = await FollowAsync(bot, "/follow north-korea", "a");
        await DeliverAsync(bot);

        Assert.Contains("go on now", string.Concat(answer.Blocks.OfType<CardBlock.Paragraph>().Select(p => p.Text)), StringComparison.Ordinal);
        Assert.Equal(2, ShownIn(bot, "a").Count);
        Assert.Equal(["I can't post in #a", "Alerts are shown in #a again"], ShownIn(bot, Inbox.Channel));
    }

    [Fact]
    public async Task Whoever_was_not_told_of_the_trouble_is_not_told_of_its_end()
    {
        await using var bot = await WithAlertsAsync(1);
        Away(bot, new SendResult.NoAccess("closed"));
        bot.Scripted.Next(m => m.To == Inbox ? new SendResult.RetryAfter(TimeSpan.FromDays(1), "later") : null);
        await DeliverAsync(bot);
        bot.Time.Advance(TimeSpan.FromHours(1));
        await DeliverAsync(bot);
        bot.Time.Advance(TimeSpan.FromDays(2));
        await DeliverAsync(bot);

        Assert.Single(ShownIn(bot, "a"));
        Assert.Empty(ShownIn(bot, Inbox.Channel));
    }

    [Fact]
    public async Task A_refused_message_is_dropped_alone_and_told_once()
    {
        await using var bot = await WithAlertsAsync(3);
        var blocked = 2;
        bot.Scripted.Next(Enumerable.Repeat<Func<OutgoingMessage, SendResult?>>(m => m.To.Channel == "a" && blocked-- > 0 ? new SendResult.Rejected("A rule of the server blocks it.") : null, 4));
        await DeliverAsync(bot);

        Assert.Equal(["North Korea fires missile number 3"], ShownIn(bot, "a"));
        Assert.Equal(["#a refused an alert"], ShownIn(bot, Inbox.Channel));
        Assert.Equal(0, await bot.Get<ChannelTroubles>().CountAsync(bot.Token));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("closed")]
    [InlineData("rejected")]
    public async Task An_inbox_that_refuses_is_left_alone(string how)
    {
        await using var bot = await WithAlertsAsync(1);
        Away(bot, new SendResult.ChannelGone("deleted"));
        bot.Scripted.Next(_ => how switch
        {
            "gone" => new SendResult.ChannelGone("no such person"),
            "closed" => new SendResult.NoAccess("takes no messages"),
            _ => new SendResult.Rejected("blocked"),
        });
        for (var day = 0; day < 3; day++)
        {
            await DeliverAsync(bot);
            bot.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Single(bot.Scripted.Handed, m => m.To == Inbox);
        Assert.Equal(1, await bot.Get<ChannelTroubles>().CountAsync(bot.Token));
    }

    [Fact]
    public async Task A_notice_outlives_a_kill_and_is_shown_once()
    {
        await using var bot = await WithAlertsAsync(1);
        Away(bot, new SendResult.ChannelGone("deleted"));
        bot.Scripted.Next(_ => new SendResult.RetryAfter(TimeSpan.FromSeconds(1), "later"));
        await bot.DeliverUntilTurnedAwayAsync();
        await bot.RestartAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(1));
        var began = bot.Time.GetUtcNow();
        Assert.Single(await bot.Get<Outbox>().ClaimDueAsync(10, bot.Token));
        bot.Time.Advance(TimeSpan.FromSeconds(1));
        await bot.RestartAsync();
        bot.Scripted.Next(bot.Scripted.ShowThenLose);
        await DeliverAsync(bot);
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        await DeliverAsync(bot);

        Assert.Equal([null, began, began], bot.Scripted.Handed.Where(m => m.To == Inbox).Select(m => m.MaybeShownSince));
        Assert.Single(ShownIn(bot, Inbox.Channel));
    }

    private static async Task<BotHarness> WithAlertsAsync(int stories)
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await FollowAsync(bot, "/follow north-korea", "a");
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed([.. Enumerable.Range(1, stories).Select(Rss.AboutNorthKorea)]));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        return bot;
    }

    private static Task<Card> FollowAsync(BotHarness bot, string text, string channel) => bot.SayAsync(text, Ann, channel, "scripted");

    /// <summary>Sends what waits, then brings one more story and sends again.</summary>
    private static async Task TurnAsync(BotHarness bot, int story)
    {
        await DeliverAsync(bot);
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(story)));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        await DeliverAsync(bot);
    }

    private static Task DeliverAsync(BotHarness bot) => bot.DeliverUntilTurnedAwayAsync();

    // Three times in a row: before that it may be a weak moment of the platform.
    private static void Away(BotHarness bot, SendResult result) => bot.Scripted.Next(Enumerable.Repeat<Func<OutgoingMessage, SendResult?>>(m => m.To.Channel == "a" ? result : null, 3));

    private static List<string> ShownIn(BotHarness bot, string channel) => [.. bot.Scripted.Shown.Where(s => s.Channel == channel).Select(s => s.Title)];

    private static string FactsOf(Card card) => string.Join('\n', card.Blocks.OfType<CardBlock.Facts>().SelectMany(f => f.Rows).Select(r => $"{r.Label}: {r.Value}"));
}
