using AlertBot.Emulators;

namespace AlertBot.Benchmarks.Chaos;

/// <summary>Where the bots keep what they know: a file, or a PostgreSQL server of this run's own.</summary>
internal sealed class ChaosStorage : IAsyncDisposable
{
    private const string Name = "chaos";

    private static readonly TimeSpan LongestAway = TimeSpan.FromSeconds(2);

    private readonly PostgresCluster? _server;

    private ChaosStorage(PostgresCluster? server, IReadOnlyDictionary<string, string> settings) => (_server, Settings) = (server, settings);

    public IReadOnlyDictionary<string, string> Settings { get; }

    public static async Task<ChaosStorage> StartAsync(ChaosPlan plan, string folder)
    {
        var settings = new Dictionary<string, string> { ["Storage__Path"] = Path.Combine(folder, "bot.db"), ["Storage__Keys"] = Path.Combine(folder, "keys") };
        if (plan.Storage == "sqlite")
        {
            return new ChaosStorage(null, settings);
        }

        var server = plan.Connection is null ? await PostgresCluster.StartAsync(isDurable: true) : null;
        settings["Storage__Provider"] = "postgres";
        settings["Storage__ConnectionString"] = server is null ? plan.Connection! : await server.CreateAsync(Name);
        // What the dead held is to be sent while the run lasts.
        settings["Storage__Lease"] = "00:00:05";
        return new ChaosStorage(server, settings);
    }

    /// <summary>Breaks all connections at once, as a power cut does, and comes back a moment later.</summary>
    public async Task RestartAsync(Random random, CancellationToken cancellationToken)
    {
        await _server!.KillServerAsync();
        await Task.Delay(LongestAway * random.NextDouble(), cancellationToken);
        await _server.StartServerAsync();
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
