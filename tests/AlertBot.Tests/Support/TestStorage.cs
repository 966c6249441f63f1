using AlertBot.Emulators;
using AlertBot.Storage;

namespace AlertBot.Tests.Support;

/// <summary>
/// Where the bot of a test keeps its data. SQLite if nothing else is said; all tests run on PostgreSQL with
/// <c>ALERTBOT_TEST_STORAGE=postgres</c>. There is one server for all of them, and a database for each.
/// </summary>
internal sealed class TestStorage : IAsyncDisposable
{
    private const string Template = "template_alertbot";

    private static readonly Lazy<Task<PostgresCluster>> Server = new(StartAsync);
    private static int _databases;

    private readonly string? _database;

    private TestStorage(StorageProvider provider, string? database, IReadOnlyDictionary<string, string?> settings) => (Provider, _database, Settings) = (provider, database, settings);

    /// <summary>What tests run on that do not say.</summary>
    public static StorageProvider Usual { get; } = Environment.GetEnvironmentVariable("ALERTBOT_TEST_STORAGE") == "postgres" ? StorageProvider.Postgres : StorageProvider.Sqlite;

    /// <summary>How long what a killed process held stays its own. Of several replicas nobody knows at once that one was killed; over SQLite there is but one.</summary>
    public static TimeSpan LeaseOfAKilledOne { get; } = TimeSpan.FromSeconds(Usual == StorageProvider.Postgres ? 41 : 0);

    /// <summary>Both, for what has to hold on either.</summary>
    public static TheoryData<StorageProvider> Both { get; } = [StorageProvider.Sqlite, StorageProvider.Postgres];

    public StorageProvider Provider { get; }

    public IReadOnlyDictionary<string, string?> Settings { get; }

    /// <param name="folder">For what is kept in files.</param>
    public static async Task<TestStorage> NewAsync(string folder, StorageProvider? provider = null)
    {
        var files = new Dictionary<string, string?> { ["Storage:Path"] = Path.Combine(folder, "bot.db"), ["Storage:Keys"] = Path.Combine(folder, "keys") };
        if ((provider ?? Usual) == StorageProvider.Sqlite)
        {
            return new TestStorage(StorageProvider.Sqlite, null, files);
        }

        Assert.SkipUnless(PostgresCluster.IsThere, "PostgreSQL is not installed.");
        var server = await Server.Value;
        var database = $"test_{Interlocked.Increment(ref _databases)}";
        await server.DropAsync(database);
        files["Storage:Provider"] = "postgres";
        files["Storage:ConnectionString"] = await server.CreateAsync(database, Template);
        return new TestStorage(StorageProvider.Postgres, database, files);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await (await Server.Value).DropAsync(_database);
        }
    }

    private static async Task<PostgresCluster> StartAsync()
    {
        var server = await PostgresCluster.StartAsync();
        await server.DropAsync(Template);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        using var database = new PostgresDatabase(await server.CreateAsync(Template) + ";Pooling=false");
        await new Migrator(database, TimeProvider.System).MigrateAsync(CancellationToken.None);
        return server;
    }
}
