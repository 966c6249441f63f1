using AlertBot.Feeds;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Dapper;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Tests.Journeys;

/// <summary>How often feeds are asked, who waits for whom, and what a death in the middle leaves behind.</summary>
public sealed class PollingPaceJourneys
{
    private static readonly Dictionary<string, string?> AnyRhythm = new() { ["Feeds:MinInterval"] = "00:05:00", ["Feeds:MaxInterval"] = "01:00:00" };

    [Fact]
    public async Task A_feed_is_left_alone_for_as_long_as_its_answers_are_fresh()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        bot.Site.Handle("/feed", context =>
        {
            context.Response.Headers.CacheControl = "max-age=7200";
            return context.Response.WriteAsync(Rss.Feed(Rss.AboutNorthKorea(1)));
        });
        await bot.TurnAsync();
        await PollForAsync(bot, TimeSpan.FromMinutes(119));
        Assert.Single(bot.Site.Requests);

        await PollForAsync(bot, TimeSpan.FromMinutes(15));
        Assert.Equal(2, bot.Site.Requests.Count);
    }

    [Fact]
    public async Task What_a_document_asked_for_holds_after_answers_without_one_and_after_a_restart()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(1)).Replace("<link>https://wire.example/</link>", "<ttl>180</ttl>", StringComparison.Ordinal), "\"v1\"");
        await bot.TurnAsync();
        await PollForAsync(bot, TimeSpan.FromHours(4));
        Assert.Equal([null, "\"v1\""], bot.Site.Requests.Select(r => r.IfNoneMatch));

        await bot.RestartAsync();
        await PollForAsync(bot, TimeSpan.FromMinutes(100));
        Assert.Equal(2, bot.Site.Requests.Count);
        Assert.True((await bot.FeedAsync(feed)).NextPollAt > bot.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_host_that_asked_for_a_pause_is_left_alone_by_feeds_added_later_and_after_a_restart()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/one", "");
        bot.Site.Answer("/one", 429, "Retry-After", "7200");
        await bot.TurnAsync();
        var later = await bot.AddFeedAsync("/later", Rss.Feed());
        await bot.RestartAsync();
        await PollForAsync(bot, TimeSpan.FromMinutes(100));

        Assert.Single(bot.Site.Requests);
        var waiting = await bot.FeedAsync(later);
        Assert.Equal((FetchFault.Pause, 0), (waiting.Fault, waiting.Failures));

        bot.Site.Serve("/one", Rss.Feed());
        await PollForAsync(bot, TimeSpan.FromMinutes(25));
        Assert.Equal(["/later", "/one", "/one"], bot.Site.Requests.Select(r => r.Path).Order(StringComparer.Ordinal));
        Assert.Null((await bot.FeedAsync(later)).Fault);
    }

    [Fact]
    public async Task A_slow_host_holds_up_neither_the_others_nor_what_becomes_due_meanwhile()
    {
        await using var quick = await FeedSite.StartAsync();
        await using var bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Feeds:AllowedPrivateEndpoints:1"] = quick.Endpoint.ToString(), ["Feeds:Sweep"] = "00:00:07" });
        var (release, first, second) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var slow = await bot.AddFeedAsync("/slow", "");
        bot.Site.Handle("/slow", async context =>
        {
            await release.Task;
            await context.Response.WriteAsync(Rss.Feed());
        });
        var sweep = TimeSpan.FromSeconds(7);
        quick.Handle("/first", Asked(first));
        quick.Handle("/second", Asked(second));
        await bot.Get<FeedStore>().AddAsync(quick.Address("/first"), null, null, "test", bot.Token);
        var polling = bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        await bot.Time.BeginsAsync(sweep, 0);
        await first.Task;
        await bot.Get<FeedStore>().AddAsync(quick.Address("/second"), null, null, "test", bot.Token);
        bot.Time.Advance(sweep);
        await second.Task;
        Assert.False(polling.IsCompleted);
        Assert.Null((await bot.FeedAsync(slow)).BaselineAt);

        release.SetResult();
        await polling;
        Assert.All(await bot.Get<FeedStore>().ListAsync(bot.Token), feed => Assert.NotNull(feed.BaselineAt));

        static Func<HttpContext, Task> Asked(TaskCompletionSource asked) => async context =>
        {
            await context.Response.WriteAsync(Rss.Feed());
            asked.SetResult();
        };
    }

    [Fact]
    public async Task Over_days_a_feed_is_asked_by_its_own_rhythm_and_silence_does_not_make_it_forgotten()
    {
        await using var bot = await BotHarness.StartAsync(AnyRhythm);
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(0)), "\"0\"");
        for (var item = 1; item <= 60; item++)
        {
            await PollForAsync(bot, TimeSpan.FromMinutes(90));
            bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(item), Rss.AboutNorthKorea(item - 1)), $"\"{item}\"");
        }

        bot.Site.Requests.Clear();
        await PollForAsync(bot, TimeSpan.FromHours(9));
        var busy = await bot.FeedAsync(feed);
        Assert.InRange(busy.Gap!.Value, TimeSpan.FromMinutes(80), TimeSpan.FromMinutes(100));
        Assert.InRange(bot.Site.Requests.Count, 8, 13);

        await PollForAsync(bot, TimeSpan.FromDays(2));
        bot.Site.Requests.Clear();
        await PollForAsync(bot, TimeSpan.FromDays(1));
        Assert.Equal(busy.Gap, (await bot.FeedAsync(feed)).Gap);
        Assert.InRange(bot.Site.Requests.Count, 23, 27);

        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(99)), "\"99\"");
        await PollForAsync(bot, TimeSpan.FromHours(2));
        bot.Site.Requests.Clear();
        await PollForAsync(bot, TimeSpan.FromHours(5));
        Assert.InRange(bot.Site.Requests.Count, 4, 8);
    }

    [Fact]
    public async Task A_poll_keeps_what_it_learnt_of_the_feed()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.TurnAsync();
        var first = await bot.FeedAsync(feed);
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1), Rss.AboutNorthKorea(2), Rss.AboutNorthKorea(3)));
        await bot.TurnAsync();
        var second = await bot.FeedAsync(feed);
        bot.Site.Answer("/feed", 404);
        await bot.TurnAsync();
        await bot.TurnAsync();
        var third = await bot.FeedAsync(feed);

        Assert.Equal((1, null, first.BaselineAt), (first.EntryCount, first.Gap, first.LastNewAt));
        Assert.Equal((3, (second.LastNewAt - first.LastNewAt) / 2), (second.EntryCount, second.Gap));
        Assert.Equal((3, second.Gap, second.LastNewAt, FetchFault.Missing), (third.EntryCount, third.Gap, third.LastNewAt, third.Fault));
        Assert.Equal(bot.Time.GetUtcNow() - TimeSpan.FromMinutes(15), third.FailingSince);
    }

    [Fact]
    public async Task A_death_between_fetch_and_commit_leaves_nothing_half_done_and_alerts_once()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.TurnAsync();
        await bot.SayAsync("/follow north-korea");
        var (fetched, held, let) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var holding = Task.CompletedTask;
        bot.Site.Handle("/feed", async context =>
        {
            holding = bot.Get<Database>().InTransactionAsync(
                async _ =>
                {
                    held.SetResult();
                    await let.Task;
                },
                bot.Token);
            await held.Task;
            await context.Response.WriteAsync(Rss.Feed(Rss.AboutNorthKorea(1)));
            await context.Response.CompleteAsync();
            fetched.SetResult();
        });
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        using var life = CancellationTokenSource.CreateLinkedTokenSource(bot.Token);
        var polling = bot.Get<FeedPoller>().PollDueAsync(life.Token);
        await fetched.Task;
        await life.CancelAsync();
        let.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
        await holding;
        await bot.RestartAsync();
        Assert.Empty(await bot.StoriesAsync());

        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.TurnAsync();
        await bot.TurnAsync();
        Assert.Single(await bot.AlertsAsync());
    }

    [Fact]
    public async Task A_feed_that_cannot_be_written_sinks_no_other()
    {
        await using var bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Feeds:PerHost"] = "16" }, storage: StorageProvider.Sqlite);
        await bot.Get<Database>().InTransactionAsync(
            t => t.Connection!.ExecuteAsync("CREATE TRIGGER poison BEFORE INSERT ON stories WHEN NEW.title LIKE '%number 7%' BEGIN SELECT RAISE(ABORT, 'poison'); END", transaction: t), bot.Token);
        var feeds = new List<Feed>();
        for (var number = 1; number <= 12; number++)
        {
            feeds.Add(await bot.AddFeedAsync($"/feed/{number}", Rss.Feed(Rss.AboutNorthKorea(number))));
        }

        await bot.TurnAsync();

        Assert.Equal(11, (await bot.StoriesAsync()).Count);
        Assert.Equal(feeds[6].Id, Assert.Single(await bot.Get<FeedStore>().ListAsync(bot.Token), f => f.Fault == FetchFault.Own).Id);
    }

    private static async Task PollForAsync(BotHarness bot, TimeSpan span)
    {
        var step = TimeSpan.FromMinutes(1);
        for (var passed = TimeSpan.Zero; passed < span; passed += step)
        {
            bot.Time.Advance(step);
            await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        }
    }
}
