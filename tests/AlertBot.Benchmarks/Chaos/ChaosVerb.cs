using System.Globalization;

namespace AlertBot.Benchmarks.Chaos;

/// <summary>Whether an alert is lost or shown twice, whatever dies.</summary>
internal static class ChaosVerb
{
    private const int KillsPerRestart = 20;

    public static async Task<int> RunAsync(Options options, CancellationToken cancellationToken)
    {
        ChaosPlan plan;
        try
        {
            plan = PlanOf(options);
        }
        catch (InvalidDataException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 2;
        }

        Console.WriteLine($"{plan.Platform}, {plan.Storage}, replicas {plan.Replicas}: {plan.Stories} stories to {plan.Channels} channels, {plan.Kills} kills, {plan.DatabaseRestarts} restarts of the database, answers dropped {plan.Drop:0.##}, seed {plan.Seed}");
        var tally = await new ChaosRun(plan, Console.Out).RunAsync(cancellationToken);
        Console.WriteLine($"alerts {plan.Alerts}, lost {tally.Lost}, double {tally.Double}");
        return tally.IsClean ? 0 : 1;
    }

    /// <exception cref="InvalidDataException">Says what is wrong.</exception>
    private static ChaosPlan PlanOf(Options options)
    {
        var (platform, storage, connection, kills) = (options.Text("--platform") ?? "discord", options.Text("--storage") ?? "sqlite", options.Text("--connection"), options.Count("--kills", 200));
        var plan = new ChaosPlan
        {
            Platform = platform,
            Storage = storage,
            Connection = connection,
            Replicas = options.Number("--replicas", 1),
            Kills = kills,
            Alerts = options.Number("--alerts", 2000),
            DatabaseRestarts = options.Count("--restart-database", storage == "postgres" && connection is null ? (kills + KillsPerRestart - 1) / KillsPerRestart : 0),
            Drop = double.Parse(options.Text("--drop") ?? (platform == "slack" ? "0.1" : "0"), CultureInfo.InvariantCulture),
            Seed = options.Number("--seed", 1),
            Plant = options.Text("--plant"),
        };
        return plan switch
        {
            { Platform: not ("discord" or "slack") } => throw new InvalidDataException("--platform is discord or slack"),
            { Storage: not ("sqlite" or "postgres") } => throw new InvalidDataException("--storage is sqlite or postgres"),
            { Storage: "sqlite", Replicas: > 1 } => throw new InvalidDataException("one process alone may use a SQLite file: take --storage postgres for several replicas"),
            { Storage: "sqlite", DatabaseRestarts: > 0 } => throw new InvalidDataException("SQLite has no server to restart: take --storage postgres"),
            { Connection: not null, DatabaseRestarts: > 0 } => throw new InvalidDataException("a server that was given is not restarted: leave out --connection"),
            { Plant: not (null or "double" or "lost" or "order") } => throw new InvalidDataException("--plant is double, lost or order"),
            _ => plan,
        };
    }
}
