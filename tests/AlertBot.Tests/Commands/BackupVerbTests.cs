using AlertBot.Commands;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Dapper;

namespace AlertBot.Tests.Commands;

/// <summary>Copies of a database in use.</summary>
public sealed class BackupVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertbot-backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_copy_made_while_a_writer_is_at_work_is_whole_and_without_what_was_not_committed()
    {
        await using var bot = await WithStoryAsync(StorageProvider.Sqlite);
        var file = Path.Combine(_folder, "copy.db");
        await bot.Get<Database>().InTransactionAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("DELETE FROM tags", transaction: transaction);
                Assert.Equal(0, (await RunAsync(bot, file)).Code);
            },
            bot.Token);

        using var copy = new SqliteDatabase(file);
        await using var connection = await copy.OpenAsync(bot.Token);
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM stories"));
        Assert.NotEqual(0, await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM tags"));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task Postgres_is_copied_by_its_own_program()
    {
        await using var bot = await WithStoryAsync(StorageProvider.Postgres);
        var (code, told) = await RunAsync(bot, Path.Combine(_folder, "copy.dump"));

        Assert.True(code == 0, told);
        Assert.Contains("checked", told, StringComparison.Ordinal);
        Assert.True(new FileInfo(Path.Combine(_folder, "copy.dump")).Length > 10_000);
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_written_over_unless_asked()
    {
        await using var bot = await WithStoryAsync(StorageProvider.Sqlite);
        var file = Path.Combine(_folder, "copy.db");
        await File.WriteAllTextAsync(file, "mine", bot.Token);

        var (code, told) = await RunAsync(bot, file);
        Assert.Equal(1, code);
        Assert.Contains("is there already", told, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, bot.Token));
        Assert.Equal(0, (await RunAsync(bot, file, "--overwrite")).Code);
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told_and_not_made()
    {
        await using var said = new StringWriter();
        var missing = Path.Combine(_folder, "none.db");

        Assert.Equal(1, await BackupVerb.RunAsync([Path.Combine(_folder, "copy.db"), $"--Storage:Path={missing}"], said, said, TestContext.Current.CancellationToken));
        Assert.Contains("There is no", said.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private static async Task<BotHarness> WithStoryAsync(StorageProvider storage)
    {
        var bot = await BotHarness.StartAsync(storage: storage);
        await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        return bot;
    }

    private static async Task<(int Code, string Told)> RunAsync(BotHarness bot, string file, params string[] more)
    {
        await using var said = new StringWriter();
        var code = await BackupVerb.RunAsync([file, .. more, .. bot.StorageSettings.Select(s => $"--{s.Key}={s.Value}")], said, said, bot.Token);
        return (code, said.ToString());
    }
}
