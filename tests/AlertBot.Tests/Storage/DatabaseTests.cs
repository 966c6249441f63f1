using AlertBot.Storage;
using Dapper;

namespace AlertBot.Tests.Storage;

/// <summary>What holds for the database of a program that ends.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertbot-database-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Who_closes_it_waits_for_the_one_who_writes()
    {
        var path = Path.Combine(_folder, "alertbot.db");
        var (writes, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var database = new SqliteDatabase(path);
        var writing = database.InTransactionAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("CREATE TABLE notes (text TEXT)", transaction: transaction);
                writes.SetResult();
                await goesOn.Task;
                await transaction.Connection!.ExecuteAsync("INSERT INTO notes VALUES ('kept')", transaction: transaction);
            },
            TestContext.Current.CancellationToken);
        await await Task.WhenAny(writes.Task, writing);

        var closing = new Thread(database.Dispose);
        closing.Start();
        SpinWait.SpinUntil(() => !closing.IsAlive || closing.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        Assert.True(closing.IsAlive);
        goesOn.SetResult();
        await writing;
        closing.Join();

        using var again = new SqliteDatabase(path);
        await using var connection = await again.OpenAsync(TestContext.Current.CancellationToken);
        Assert.Equal("kept", await connection.QuerySingleAsync<string>("SELECT text FROM notes"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.InTransactionAsync(_ => Task.CompletedTask, TestContext.Current.CancellationToken));
    }
}
