using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Alerts;

/// <summary>/discuss, on platforms with threads and without.</summary>
public sealed class DiscussCommandTests
{
    [Theory]
    [InlineData("/discuss")]
    [InlineData("/discuss 2")]
    public async Task The_story_is_posted_under_its_alert_with_its_words_and_the_latest_others(string typed)
    {
        await using var bot = await WithAlertsAsync(8, "scripted", "a");
        var answer = await bot.SayAsync(typed, channel: "a", platform: "scripted");

        var (number, message) = typed == "/discuss" ? (8, bot.Scripted.Messages["discuss-8"]) : (2, bot.Scripted.Messages["discuss-2"]);
        Assert.Equal(($"Alert {number} is open for discussion", CardTone.Answer), (answer.Title, answer.Tone));
        Assert.Equal($"alert-{number}", message.Under);
        Assert.Equal(($"North Korea fires missile number {number}", $"https://wire.example/story/{number}"), (message.Card.Title, message.Card.Link));
        var items = message.Card.Blocks.OfType<CardBlock.Items>().ToList();
        Assert.Equal(["What led to the alert", "Other stories about its actors"], items.Select(i => i.Heading));
        Assert.StartsWith($"North Korea fired missile number {number} into", Assert.Single(items[0].Rows).Detail, StringComparison.Ordinal);
        Assert.Equal(5, items[1].Rows.Count);
        Assert.DoesNotContain(message.Card.Title, items[1].Rows.Select(r => r.Text));
    }

    [Fact]
    public async Task A_second_time_it_says_where_and_posts_nothing()
    {
        await using var bot = await WithAlertsAsync(1, "local", BotHarness.Channel);
        await bot.SayAsync("/discuss 1");
        var again = await bot.SayAsync("/discuss 1", BotHarness.Member);

        Assert.Equal("Alert 1 is discussed already", again.Title);
        Assert.Equal("Its story stands in this channel.", Assert.Single(again.Blocks.OfType<CardBlock.Paragraph>()).Text);
        Assert.Single(await CardsAsync(bot), c => c.Tone == CardTone.Answer);
    }

    [Fact]
    public async Task Where_it_stands_in_a_thread_the_answer_says_so()
    {
        await using var bot = await WithAlertsAsync(1, "scripted", "a");
        bot.Scripted.Next(_ => new SendResult.Sent("7") { Thread = new ChannelAddress("scripted", "thread-7") });
        await bot.SayAsync("/discuss", channel: "a", platform: "scripted");
        var again = await bot.SayAsync("/discuss", channel: "a", platform: "scripted");

        Assert.Equal("Its story stands in the thread under alert 1.", Assert.Single(again.Blocks.OfType<CardBlock.Paragraph>()).Text);
    }

    [Fact]
    public async Task What_keeps_it_from_being_posted_is_told_and_it_can_be_run_again()
    {
        await using var bot = await WithAlertsAsync(1, "scripted", "a");
        SendResult[] faults =
        [
            new SendResult.NoAccess("fault"), new SendResult.Rejected("fault"), new SendResult.ChannelGone("fault"), new SendResult.Unknown("fault"),
            new SendResult.RetryAfter(null, "fault"), new SendResult.RetryAfter(TimeSpan.FromSeconds(3), "fault"),
        ];
        foreach (var fault in faults)
        {
            bot.Scripted.Next(_ => fault);
            var card = await bot.SayAsync("/discuss", channel: "a", platform: "scripted");
            Assert.Equal(CardTone.Problem, card.Tone);
            Assert.Equal("fault", Assert.IsType<CardBlock.Paragraph>(card.Blocks[0]).Text);
        }

        Assert.Equal(CardTone.Answer, (await bot.SayAsync("/discuss", channel: "a", platform: "scripted")).Tone);
    }

    [Fact]
    public async Task An_alert_that_waits_or_is_another_channels_is_not_discussed()
    {
        await using var bot = await WithAlertsAsync(0, "scripted", "a");
        Assert.Equal("This channel has had no alert yet", (await bot.SayAsync("/discuss", channel: "a", platform: "scripted")).Title);
        bot.Scripted.Next(_ => new SendResult.NoAccess("closed"));
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<AlertBot.Polling.FeedPoller>().PollDueAsync(bot.Token);
        await bot.Get<AlertBot.Alerts.DeliveryDispatcher>().DeliverDueAsync(bot.Token);

        Assert.Equal("Alert 1 is not shown yet", (await bot.SayAsync("/discuss 1", channel: "a", platform: "scripted")).Title);
        Assert.Equal("This channel has no alert 1", (await bot.SayAsync("/discuss 1", channel: "b", platform: "scripted")).Title);
        Assert.Empty(bot.Scripted.Messages);
    }

    private static async Task<IEnumerable<Card>> CardsAsync(BotHarness bot) =>
        (await bot.Get<LocalMessages>().PageAsync(BotHarness.Channel, long.MaxValue, 100, bot.Token)).Select(m => m.Card).OfType<Card>();

    private static async Task<BotHarness> WithAlertsAsync(int stories, string platform, string channel)
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea", channel: channel, platform: platform);
        await bot.TurnAsync();
        if (stories > 0)
        {
            bot.Site.Serve("/feed", Rss.Feed([.. Enumerable.Range(1, stories).Select(Rss.AboutNorthKorea)]));
            await bot.TurnAsync();
        }

        return bot;
    }
}
