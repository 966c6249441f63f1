using AlertBot.Alerts;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>What becomes of an alert whose story is edited after it was shown.</summary>
public sealed class AlertEditJourneys
{
    private const string Headline = "North Korea fires nothing at all";

    private static readonly ChannelAddress Desk = new("scripted", "a");

    [Fact]
    public async Task An_edited_headline_changes_the_alert_where_it_stands_and_alerts_nobody_again()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea");
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1), Rss.AboutNorthKorea(2)));
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1) with { Title = Headline }, Rss.AboutNorthKorea(2)));
        await bot.TurnAsync();
        await bot.TurnAsync();

        Assert.Equal([Headline, "North Korea fires missile number 2"], (await bot.AlertsAsync()).Select(a => a.Title));
    }

    [Fact]
    public async Task An_edit_is_sent_once_to_each_channel_that_shows_the_alert()
    {
        await using var bot = await WithAlertAsync("a", "b");
        await EditStoryAsync(bot, Headline);
        await EditAsync(bot);
        await EditAsync(bot);

        Assert.Equal([("a", Headline), ("b", Headline)], bot.Scripted.Edited.Select(e => (e.Channel, e.Card.Title)).Order());
        Assert.Equal(2, bot.Scripted.Attempts);
        Assert.Equal(2, bot.Scripted.Messages.Count);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_on_the_card_sends_nothing()
    {
        await using var bot = await WithAlertAsync("a");
        await EditStoryAsync(bot, title: null, text: Rss.AboutNorthKorea(1).Text + " More will follow.");
        await EditAsync(bot);
        Assert.EndsWith("More will follow.", Assert.Single(await bot.StoriesAsync()).Body, StringComparison.Ordinal);
        Assert.Empty(bot.Scripted.Edited);

        await EditStoryAsync(bot, Headline);
        await EditAsync(bot);
        Assert.Single(bot.Scripted.Edited);
    }

    [Fact]
    public async Task An_edit_while_the_platform_is_down_is_made_later_and_holds_up_no_alert()
    {
        await using var bot = await WithAlertAsync("a");
        bot.Scripted.NextEdit(
            _ => new SendResult.RetryAfter(null, "down"), _ => new SendResult.Unknown("no answer"), _ => throw new IOException("broken"),
            _ => new SendResult.NoAccess("no permission"), _ => new SendResult.RetryAfter(TimeSpan.FromMinutes(7), "too fast"));
        await EditStoryAsync(bot, Headline);
        await EditAsync(bot);
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1) with { Title = Headline }, Rss.AboutNorthKorea(2)));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);
        Assert.Equal("North Korea fires missile number 2", bot.Scripted.Shown[^1].Title);

        for (var attempt = 0; attempt < 6; attempt++)
        {
            await EditAsync(bot);
            bot.Time.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Equal(Headline, bot.Scripted.Messages["alert-1"].Card.Title);
        Assert.Equal(6, bot.Scripted.Edited.Count);
        Assert.Null(await bot.Get<ChannelTroubles>().FindAsync(Desk, bot.Token));
    }

    [Fact]
    public async Task An_outage_of_days_is_outlived()
    {
        await using var bot = await WithAlertAsync("a");
        bot.Scripted.NextEdit(Enumerable.Repeat<Func<Action, SendResult?>>(_ => new SendResult.Unknown("no answer") { Delay = TimeSpan.FromHours(1) }, 100));
        await EditStoryAsync(bot, Headline);
        for (var hour = 0; hour <= 100; hour++)
        {
            await EditAsync(bot);
            bot.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(Headline, bot.Scripted.Messages["alert-1"].Card.Title);
    }

    [Fact]
    public async Task A_message_that_was_deleted_is_let_go_and_is_no_trouble_of_the_channel()
    {
        await using var bot = await WithAlertAsync("a");
        bot.Scripted.Delete("alert-1");
        await EditStoryAsync(bot, Headline);
        for (var day = 0; day < 3; day++)
        {
            await EditAsync(bot);
            bot.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Single(bot.Scripted.Edited);
        Assert.Empty(bot.Scripted.Messages);
        Assert.Null(await bot.Get<ChannelTroubles>().FindAsync(Desk, bot.Token));
        var state = await bot.Get<OutboxStatus>().StateAsync(bot.Token);
        Assert.Equal((0, 0, 0), (state.Pending, state.Refused, state.Abandoned));
    }

    [Fact]
    public async Task A_process_killed_between_the_edit_and_its_note_makes_it_again()
    {
        await using var bot = await WithAlertAsync("a");
        await EditStoryAsync(bot, Headline);
        using var kill = new CancellationTokenSource();
        bot.Scripted.NextEdit(edit =>
        {
            edit();
            kill.Cancel();
            throw new OperationCanceledException(kill.Token);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bot.Get<AlertEditor>().EditDueAsync(kill.Token));
        await bot.RestartAsync();
        // Where there may be other replicas, the lease has to end first.
        bot.Time.Advance(TimeSpan.FromMinutes(3));
        await EditAsync(bot);
        await EditAsync(bot);

        Assert.Equal([Headline, Headline], bot.Scripted.Edited.Select(e => e.Card.Title));
        Assert.Equal(Headline, Assert.Single(bot.Scripted.Messages).Value.Card.Title);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(60)]
    public async Task An_edit_that_is_taken_back_while_the_first_is_in_doubt_is_taken_back_in_the_channel(int? delay)
    {
        await using var bot = await WithAlertAsync("a");
        await EditStoryAsync(bot, Headline);
        bot.Scripted.NextEdit(edit =>
        {
            edit();
            return new SendResult.Unknown("no answer") { Delay = delay is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        });
        await EditAsync(bot);
        await EditStoryAsync(bot, title: null);
        await EditAsync(bot);

        Assert.Equal(Rss.AboutNorthKorea(1).Title, bot.Scripted.Messages["alert-1"].Card.Title);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_story_edited_while_its_alert_is_on_its_way_is_shown_as_edited_in_the_end(bool isLost)
    {
        await using var bot = await WithAlertAsync();
        await bot.SayAsync("/follow north-korea", channel: "a", platform: "scripted");
        await ServeAsync(bot, Rss.AboutNorthKorea(3));
        bot.Scripted.Next(message =>
        {
            EditStoryAsync(bot, Headline, number: 3).GetAwaiter().GetResult();
            return isLost ? bot.Scripted.ShowThenLose(message) : null;
        });
        await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        await bot.DeliverAsync();

        Assert.Equal(Headline, Assert.Single(bot.Scripted.Messages).Value.Card.Title);
        Assert.Single(bot.Scripted.Edited);
    }

    [Theory]
    [InlineData("http://www.wire.example/story/1?utm_source=feed", "http://www.wire.example/story/1?utm_source=feed")]
    [InlineData("https://wire.example/elsewhere", "https://wire.example/elsewhere")]
    public async Task A_new_link_comes_with_an_edit(string link, string shown)
    {
        await using var bot = await WithAlertAsync("a");
        await ServeAsync(bot, Rss.AboutNorthKorea(1) with { Title = Headline, Link = link });
        await EditAsync(bot);

        Assert.Equal((Headline, shown), (bot.Scripted.Messages["alert-1"].Card.Title, bot.Scripted.Messages["alert-1"].Card.Link));
    }

    private static Task EditAsync(BotHarness bot) => bot.Get<AlertEditor>().EditDueAsync(bot.Token);

    private static Task EditStoryAsync(BotHarness bot, string? title, string? text = null, int number = 1)
    {
        var story = Rss.AboutNorthKorea(number);
        return ServeAsync(bot, story with { Title = title ?? story.Title, Text = text ?? story.Text });
    }

    private static async Task ServeAsync(BotHarness bot, RssItem item)
    {
        bot.Site.Serve("/feed", Rss.Feed(item));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
    }

    private static async Task<BotHarness> WithAlertAsync(params string[] channels)
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        foreach (var channel in channels)
        {
            await bot.SayAsync("/follow north-korea", channel: channel, platform: "scripted");
        }

        await bot.TurnAsync();
        await ServeAsync(bot, Rss.AboutNorthKorea(1));
        await bot.DeliverAsync();
        return bot;
    }
}
