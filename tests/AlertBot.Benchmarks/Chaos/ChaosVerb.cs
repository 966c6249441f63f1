namespace AlertBot.Benchmarks.Chaos;

/// <summary>Whether an alert is lost or shown twice, whatever dies.</summary>
internal static class ChaosVerb
{
    public static async Task<int> RunAsync(Options options, CancellationToken cancellationToken)
    {
        ChaosPlan plan;
        try
        {
            plan = ChaosPlan.Of(options);
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
}
