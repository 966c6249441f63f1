using AlertBot.Storage;
using AlertBot.Tests.Support;
using Dapper;

namespace AlertBot.Tests.Storage;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_schema_is_the_approved_one()
    {
        await using var bot = await BotHarness.StartAsync(storage: StorageProvider.Sqlite);
        await using var connection = await bot.Get<Database>().OpenAsync(bot.Token);
        var statements = await connection.QueryAsync<string>("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name");

        Approved.Text("schema.txt", string.Join("\n\n", statements) + "\n");
    }

    [Fact]
    public async Task Writers_and_readers_do_not_block_each_other()
    {
        await using var bot = await BotHarness.StartAsync(storage: StorageProvider.Sqlite);
        await using var connection = await bot.Get<Database>().OpenAsync(bot.Token);

        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.Get<Database>().InTransactionAsync(
            t => t.Connection!.ExecuteAsync("INSERT INTO schema_migrations VALUES (9999, 'future', 0)", transaction: t), bot.Token);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => bot.Get<Migrator>().MigrateAsync(bot.Token));
        Assert.Contains("newer than this program", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_the_same_file_is_refused()
    {
        await using var bot = await BotHarness.StartAsync(storage: StorageProvider.Sqlite);
        using var held = InstallationLock.Take(((SqliteDatabase)bot.Get<Database>()).Path);

        Assert.Contains("Another AlertBot uses", Assert.Throws<InvalidOperationException>(() => InstallationLock.Take(((SqliteDatabase)bot.Get<Database>()).Path)).Message, StringComparison.Ordinal);
    }
}
