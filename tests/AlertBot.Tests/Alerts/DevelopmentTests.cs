using AlertBot.Alerts;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Alerts;

/// <summary>What becomes of what goes on after an alert, on a platform that answers as the test says.</summary>
public sealed class DevelopmentTests
{
    private static readonly ChatUser Reader = new("scripted:ann", "ann", IsModerator: false);

    [Fact]
    public async Task A_copy_and_what_brings_no_news_are_no_development()
    {
        await using var bot = await WithAlertAsync("thread");
        await GoOnAsync(bot, FerryNews.Copy);
        await GoOnAsync(bot, FerryNews.First with { Title = "North Korea says two drivers died in ferry fire off port of Wonsan", Link = "https://tribune.example/1", Guid = "tribune", Text = "Two drivers died when a ferry caught fire off Wonsan, North Korea said." });

        Assert.Equal(3, (await bot.StoriesAsync()).Count);
        Assert.Single(bot.Scripted.Messages);
    }

    [Fact]
    public async Task What_comes_within_the_hour_is_not_told_and_each_alert_has_an_hour_of_its_own()
    {
        await using var bot = await WithAlertAsync("thread");
        await NewsAsync(bot, FerryNews.Arrest);
        Assert.Single(bot.Scripted.Messages);

        await GoOnAsync(bot, FerryNews.Wreck);
        Assert.Equal("alert-1", Assert.Single(Developments(bot)).Under);
    }

    [Fact]
    public async Task One_that_a_muted_or_ended_follow_matched_is_not_told()
    {
        await using var bot = await WithAlertAsync("anew");
        await bot.SayAsync("/mute", Reader, "a", "scripted");
        await GoOnAsync(bot, FerryNews.Arrest);
        await bot.SayAsync("/unmute", Reader, "a", "scripted");
        await bot.SayAsync("/unfollow mentions:north-korea", Reader, "a", "scripted");
        await GoOnAsync(bot, FerryNews.Wreck);

        Assert.Single(bot.Scripted.Messages);
    }

    [Fact]
    public async Task A_story_whose_text_was_changed_into_news_is_told_under_its_own_alert()
    {
        await using var bot = await WithAlertAsync("thread");
        bot.Time.Advance(TimeSpan.FromHours(1));
        var changed = FerryNews.First with { Title = FerryNews.Arrest.Title, Text = FerryNews.Arrest.Text };
        bot.Site.Serve("/feed", Rss.Feed(changed));
        await bot.TurnAsync();
        await bot.TurnAsync();

        var told = Assert.Single(Developments(bot));
        Assert.Equal((FerryNews.Arrest.Title, "alert-1", FerryNews.Arrest.Title), (told.Card.Title, told.Under, bot.Scripted.Messages["alert-1"].Card.Title));
    }

    [Fact]
    public async Task It_waits_for_its_alert_and_goes_into_the_channel_where_that_was_never_shown()
    {
        await using var bot = await WithAlertAsync("thread", deliver: false);
        bot.Scripted.Next(_ => new SendResult.RetryAfter(TimeSpan.FromHours(2), "down"), _ => new SendResult.Rejected("a rule blocks it"));
        await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);
        await GoOnAsync(bot, FerryNews.Arrest);
        Assert.Empty(bot.Scripted.Messages);

        bot.Time.Advance(TimeSpan.FromHours(2));
        await bot.DeliverAsync();
        Assert.Null(Assert.Single(bot.Scripted.Messages.Values).Under);
        Assert.Equal(FerryNews.Arrest.Title, Assert.Single(bot.Scripted.Messages.Values).Card.Title);
    }

    [Theory]
    [InlineData("rejected")]
    [InlineData("gone")]
    [InlineData("locked")]
    public async Task A_thread_that_takes_nothing_more_closes_no_channel_and_the_ledger_says_why(string how)
    {
        await using var bot = await WithAlertAsync("thread");
        bot.Scripted.Next(_ => how switch
        {
            "rejected" => new SendResult.Rejected("The message was deleted."),
            "gone" => new SendResult.ChannelGone("The thread was deleted."),
            _ => new SendResult.NoAccess("The thread is locked."),
        });
        await GoOnAsync(bot, FerryNews.Arrest);

        Assert.Single(bot.Scripted.Messages.Values, m => m.To.Channel == "a");
        Assert.Equal(0, (await bot.QueryAsync<long>("SELECT COUNT(*) FROM channel_troubles WHERE kind <> 'refusing'"))[0]);
        var ledger = (await bot.SayAsync("/where captain of burned ferry", Reader, "a", "scripted")).Text();
        Assert.Contains("Development 2 for this channel", ledger, StringComparison.Ordinal);
        Assert.Contains("queued for the thread under alert 1", ledger, StringComparison.Ordinal);
        Assert.Contains("refused: not told under alert 1: The", ledger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_and_a_kill_show_it_once()
    {
        await using var bot = await WithAlertAsync("thread");
        bot.Scripted.Next(bot.Scripted.ShowThenLose);
        await GoOnAsync(bot, FerryNews.Arrest);
        await bot.RestartAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        await bot.DeliverAsync();

        Assert.Equal("development-2", Assert.Single(Developments(bot)).IdempotencyKey);
        Assert.All(bot.Scripted.Handed.Where(h => h.IdempotencyKey == "development-2").Skip(1), h => Assert.NotNull(h.MaybeShownSince));
        Assert.Equal("sent", (await bot.QueryAsync<string>("SELECT state FROM outbox WHERE kind = 'development'"))[0]);
    }

    [Fact]
    public async Task A_backlog_of_a_day_is_one_card_with_what_went_on()
    {
        await using var bot = await WithAlertAsync("anew");
        foreach (var news in new[] { FerryNews.Arrest, FerryNews.Wreck, FerryNews.Medals })
        {
            bot.Time.Advance(TimeSpan.FromHours(1));
            bot.Site.Serve("/feed", Rss.Feed(news, FerryNews.First));
            await PollAsync(bot);
        }

        Assert.Equal(3, (await bot.QueryAsync<long>("SELECT COUNT(*) FROM outbox WHERE kind = 'development' AND state = 'pending'"))[0]);
        bot.Time.Advance(TimeSpan.FromHours(10));
        await bot.DeliverAsync();
        Assert.Contains(bot.Scripted.Messages.Values, m => m.Card.Title == "While you were away: 3 stories");
    }

    private static IEnumerable<OutgoingMessage> Developments(BotHarness bot) => bot.Scripted.Messages.Values.Where(m => m.IdempotencyKey.StartsWith("development-", StringComparison.Ordinal));

    private static async Task<BotHarness> WithAlertAsync(string growth, bool deliver = true)
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.TurnAsync();
        await bot.SayAsync("/follow mentions:north-korea", Reader, "a", "scripted");
        await bot.SayAsync($"/channel growth {growth}", Reader, "a", "scripted");
        bot.Site.Serve("/feed", Rss.Feed(FerryNews.First));
        await PollAsync(bot);
        if (deliver)
        {
            await bot.DeliverAsync();
            Assert.Single(bot.Scripted.Messages);
        }

        return bot;
    }

    private static async Task PollAsync(BotHarness bot)
    {
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
    }

    private static async Task NewsAsync(BotHarness bot, RssItem news)
    {
        bot.Site.Serve("/feed", Rss.Feed(news, FerryNews.First));
        await PollAsync(bot);
        await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);
    }

    private static async Task GoOnAsync(BotHarness bot, RssItem news)
    {
        bot.Time.Advance(TimeSpan.FromHours(1));
        await NewsAsync(bot, news);
    }
}
