using AlertBot.Alerts;
using AlertBot.Commands;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Dapper;

namespace AlertBot.Tests.Commands;

/// <summary>An installation moves from SQLite to PostgreSQL and goes on where it was.</summary>
public sealed class MigrateVerbTests
{
    [Fact]
    public async Task A_moved_installation_goes_on_where_it_stopped_and_repeats_nothing()
    {
        await using var bot = await WithAlertsAsync();
        var before = await CountsAsync(bot);
        var (code, told) = await MoveAsync(bot, await bot.NewStorageAsync(StorageProvider.Postgres));
        Assert.True(code == 0, told);

        Assert.IsType<PostgresDatabase>(bot.Get<Database>());
        Assert.Equal(before, await CountsAsync(bot));
        bot.Scripted.Next(m => m.MaybeShownSince is null ? new SendResult.Rejected("it may have been shown") : null);
        await bot.DeliverAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        bot.Site.Serve("/feed", Rss.Feed([.. Enumerable.Range(1, 4).Select(Rss.AboutNorthKorea)]));
        await bot.TurnAsync();

        Assert.Equal(Enumerable.Range(1, 4).Select(n => Rss.AboutNorthKorea(n).Title), bot.Scripted.Shown.Select(s => s.Title));
        var keys = bot.Scripted.Handed.Where(m => m.MaybeShownSince is null).Select(m => m.IdempotencyKey).ToList();
        Assert.Equal(keys.Distinct(), keys);
    }

    [Fact]
    public async Task A_dry_run_and_a_target_that_is_not_empty_change_nothing()
    {
        await using var bot = await WithAlertsAsync();
        await using var target = await bot.NewStorageAsync(StorageProvider.Postgres);
        var (dry, told) = await RunAsync(bot, target, "--dry-run");
        Assert.Equal(0, dry);
        Assert.Contains("would be", told, StringComparison.Ordinal);
        using var database = new PostgresDatabase(target.Settings["Storage:ConnectionString"]!);
        await using (var connection = await database.OpenAsync(bot.Token))
        {
            Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM stories"));
            await connection.ExecuteAsync("INSERT INTO local_channels (name, created_at) VALUES ('x', 0)");
        }

        var (refused, why) = await RunAsync(bot, target);
        Assert.Equal(1, refused);
        Assert.Contains("not empty: its table local_channels", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_that_runs_is_left_alone()
    {
        await using var bot = await WithAlertsAsync();
        await using var target = await bot.NewStorageAsync(StorageProvider.Postgres);
        using var running = InstallationLock.Take(((SqliteDatabase)bot.Get<Database>()).Path);

        var (code, told) = await RunAsync(bot, target);
        Assert.Equal(1, code);
        Assert.Contains("Another AlertBot uses", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from sqlite", "--from sqlite --to postgres")]
    [InlineData("--from postgres --to sqlite", "--from sqlite --to postgres")]
    [InlineData("--from sqlite --to postgres --fast", "no option --fast")]
    [InlineData("--from sqlite --to postgres", "Storage:ConnectionString")]
    public async Task Wrong_use_is_told(string line, string told)
    {
        await using var error = new StringWriter();
        Assert.Equal(2, await MigrateVerb.RunAsync(line.Split(' '), TextWriter.Null, error, TestContext.Current.CancellationToken));
        Assert.Contains(told, error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>One alert was sent, one may have been shown, one waits.</summary>
    private static async Task<BotHarness> WithAlertsAsync()
    {
        var bot = await BotHarness.StartAsync(storage: StorageProvider.Sqlite);
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea", channel: "a", platform: "scripted");
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed([.. Enumerable.Range(1, 3).Select(Rss.AboutNorthKorea)]));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        bot.Scripted.Next(_ => null, _ => new SendResult.Unknown("no answer came"));
        await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);
        Assert.Single(bot.Scripted.Shown);
        return bot;
    }

    private static async Task<(int Code, string Told)> MoveAsync(BotHarness bot, TestStorage target)
    {
        var result = await RunAsync(bot, target);
        await bot.RestartOnAsync(target);
        return result;
    }

    private static async Task<(int Code, string Told)> RunAsync(BotHarness bot, TestStorage target, params string[] more)
    {
        await using var said = new StringWriter();
        var settings = target.Settings.Where(s => s.Key != "Storage:Path").Append(new("Storage:Path", ((SqliteDatabase)bot.Get<Database>()).Path)).Select(s => $"--{s.Key}={s.Value}");
        var code = await MigrateVerb.RunAsync(["--from", "sqlite", "--to", "postgres", .. more, .. settings], said, said, bot.Token);
        return (code, said.ToString());
    }

    private static async Task<IReadOnlyList<long>> CountsAsync(BotHarness bot) => await bot.QueryAsync<long>(
        "SELECT COUNT(*) FROM stories UNION ALL SELECT COUNT(*) FROM outbox UNION ALL SELECT COUNT(*) FROM tags UNION ALL SELECT COUNT(*) FROM entry_keys UNION ALL SELECT COUNT(*) FROM subscriptions UNION ALL SELECT SUM(unknown_since) FROM outbox");
}
