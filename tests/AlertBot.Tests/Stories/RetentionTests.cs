using System.Globalization;
using AlertBot.Commands;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Tests.Support;
using Dapper;
using Microsoft.Extensions.Options;

namespace AlertBot.Tests.Stories;

/// <summary>What is forgotten, and what never is.</summary>
public sealed class RetentionTests
{
    private const string Texts = "SELECT title FROM stories WHERE pruned_at IS NULL ORDER BY id";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_is_too_old_goes_and_its_story_is_not_posted_again(string storage)
    {
        await using var bot = await FollowingAsync(storage, 1);
        Assert.Single(await bot.AlertsAsync());
        bot.Time.Advance(TimeSpan.FromDays(400));

        var would = (await bot.Get<Retention>().LookAsync(bot.Token)).ToDictionary(p => p.Table);
        Assert.Equal((1, 1), (would["stories"].Rows, would["outbox"].Rows));
        Assert.True(would["stories"].Bytes > 20 && would["tags"].Bytes > 20);
        Assert.Single(await bot.QueryAsync<string>(Texts));

        await bot.Get<Retention>().PruneAsync(null, bot.Token);
        Assert.Empty(await bot.QueryAsync<string>(Texts));
        Assert.Empty(await bot.QueryAsync<long>("SELECT id FROM outbox"));
        Assert.All(await bot.Get<Retention>().LookAsync(bot.Token), p => Assert.Equal(0, p.Rows));

        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1), Rss.AboutNorthKorea(2)));
        await bot.TurnAsync();
        Assert.Equal(2, (await bot.AlertsAsync()).Count);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_waits_keeps_its_text_and_is_delivered(string storage)
    {
        await using var bot = await FollowingAsync(storage, 1);
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1), Rss.AboutNorthKorea(2)));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        bot.Time.Advance(TimeSpan.FromDays(400));

        await bot.Get<Retention>().PruneAsync(null, bot.Token);
        Assert.Contains("2", Assert.Single(await bot.QueryAsync<string>(Texts)), StringComparison.Ordinal);

        await bot.DeliverAsync();
        Assert.Equal(["sent"], await bot.QueryAsync<string>("SELECT state FROM outbox WHERE kind = 'alert'"));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Where_the_database_takes_too_much_the_oldest_texts_go_first_and_the_newest_never(string storage)
    {
        await using var bot = await FollowingAsync(storage, 1);
        bot.Time.Advance(TimeSpan.FromDays(10));
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1), Rss.AboutNorthKorea(2)));
        await bot.TurnAsync();
        bot.Time.Advance(TimeSpan.FromDays(10));
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1), Rss.AboutNorthKorea(2), Rss.AboutNorthKorea(3)));
        await bot.TurnAsync();
        var titles = await bot.QueryAsync<string>(Texts);
        Assert.Equal(3, titles.Count);

        await PruneToAsync(bot, await bot.Get<Database>().UsedAsync(bot.Token) - 10);
        Assert.Equal(titles.Skip(1), await bot.QueryAsync<string>(Texts));

        await PruneToAsync(bot, 1000);
        Assert.Equal(titles.Skip(2), await bot.QueryAsync<string>(Texts));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_database_that_fits_forgets_no_more_though_its_pages_have_gaps(string storage)
    {
        await using var bot = await FollowingAsync(storage, 1);
        var longAgo = bot.Time.GetUtcNow().AddDays(-100).ToUnixTimeMilliseconds();
        await bot.Get<Database>().InTransactionAsync(
            t => t.Connection!.ExecuteAsync(
                """
                INSERT INTO stories (story_key, title, body, feed_id, source, first_seen_at, sorted_at)
                SELECT @Key, 'Short', @Body, MIN(id), 'Site', @At, @At FROM feeds
                """,
                Enumerable.Range(0, 2000).Select(n => new { Key = $"old {n}", Body = new string('x', 500), At = longAgo + n }),
                t),
            bot.Token);
        var most = await bot.Get<Database>().UsedAsync(bot.Token) - 200_000;

        await PruneToAsync(bot, most);
        var kept = (await bot.QueryAsync<string>(Texts)).Count;
        Assert.InRange(kept, 1550, 1650);
        for (var run = 0; run < 3; run++)
        {
            await PruneToAsync(bot, most);
        }

        Assert.InRange((await bot.QueryAsync<string>(Texts)).Count, kept - 50, kept);
        Assert.InRange(await bot.Get<Database>().UsedAsync(bot.Token), 0, most + 1000);
    }

    [Fact]
    public async Task What_went_leaves_no_gap_in_a_new_file()
    {
        await using var bot = await BotHarness.StartAsync(storage: StorageProvider.Sqlite);
        await bot.Get<Database>().InTransactionAsync(
            t => t.Connection!.ExecuteAsync(
                "INSERT INTO discord_commands (command_key, line) VALUES (@Key, @Line)", Enumerable.Range(0, 3000).Select(n => new { Key = $"{n}", Line = new string('x', 2000) }), t),
            bot.Token);
        var before = (await bot.QueryAsync<long>("PRAGMA page_count"))[0];

        Assert.Equal(3000, await bot.Get<Retention>().PruneAsync(null, bot.Token));
        Assert.Equal(0, (await bot.QueryAsync<long>("PRAGMA freelist_count"))[0]);
        Assert.True((await bot.QueryAsync<long>("PRAGMA page_count"))[0] < before - 1000);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_verbs_say_what_takes_the_room_and_what_would_go_before_it_goes(string storage)
    {
        await using var bot = await FollowingAsync(storage, 1);

        var shown = await RunAsync(StorageVerb.RunAsync, bot);
        Assert.Matches(@"stories +1 +[0-9.]+ MB", shown);
        Assert.Contains("1 stories since 2024-06-", shown, StringComparison.Ordinal);
        var dry = await RunAsync(PruneVerb.RunAsync, bot, "--dry-run");
        Assert.Matches(@"stories +1 rows +0\.0 MB +2024-06-\d\d to 2024-06-\d\d +\(the text alone\)", dry);
        Assert.Contains("Nothing was changed", dry, StringComparison.Ordinal);
        Assert.Single(await bot.QueryAsync<string>(Texts));

        Assert.Contains("texts, messages and commands were forgotten", await RunAsync(PruneVerb.RunAsync, bot, "--compact"), StringComparison.Ordinal);
        Assert.Empty(await bot.QueryAsync<string>(Texts));
    }

    private static async Task<BotHarness> FollowingAsync(string storage, int story)
    {
        var bot = await BotHarness.StartAsync(storage: Enum.Parse<StorageProvider>(storage, ignoreCase: true));
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea");
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(story)));
        await bot.TurnAsync();
        return bot;
    }

    private static async Task PruneToAsync(BotHarness bot, long bytes)
    {
        bot.Get<IOptions<RetentionOptions>>().Value.MaxSize = string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.000000} MB");
        await bot.Get<Retention>().PruneAsync(null, bot.Token);
    }

    private static async Task<string> RunAsync(Func<IReadOnlyList<string>, TextWriter, TextWriter, CancellationToken, Task<int>> verb, BotHarness bot, params string[] flags)
    {
        await using var said = new StringWriter();
        var code = await verb([.. flags, .. bot.StorageSettings.Select(s => $"--{s.Key}={s.Value}")], said, said, bot.Token);
        Assert.True(code == 0, said.ToString());
        return said.ToString();
    }
}
