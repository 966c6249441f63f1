using AlertBot.Feeds.Health;
using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Checkups;

/// <summary>Which processes of the bot share the database, and whether they are of one version.</summary>
internal sealed class ReplicasCheck(LeaseKeeper keeper, Replica own, TimeProvider time) : ICheck
{
    public string Subject => "Replicas";

    public CheckReach Reach => CheckReach.Database;

    public async Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken) => [Judge(await keeper.AliveAsync(cancellationToken))];

    public Finding Judge(IReadOnlyList<Replica> alive)
    {
        var names = string.Join("; ", alive.Select(r => $"{r.Id[..8]} on {r.Name}{(r.Id == own.Id ? " (this one)" : "")}, version {r.Version}, up for {Spoken.Of(time.GetUtcNow() - r.StartedAt)}"));
        return alive.Count == 0 ? Finding.Ok(Subject, "none is running")
            : alive.Select(r => r.Version).Distinct().Count() > 1 ? Finding.Warning(Subject, $"they are of different versions: {names}", "Start the newest version everywhere.")
            : Finding.Ok(Subject, alive.Count == 1 ? $"one is alive: {names}" : $"{alive.Count} are alive: {names}");
    }
}
