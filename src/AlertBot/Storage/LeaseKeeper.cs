using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;

namespace AlertBot.Storage;

/// <summary>
/// Says again and again that this replica is alive, and gives back what others held that no longer say so. What a replica leases is
/// its own while it is alive and works on it. One that could not say so in time has lost all of it, and knows: <see cref="HeldLease.IsHeld"/>
/// turns false before any other replica takes over.
/// </summary>
internal sealed partial class LeaseKeeper(
    Replica replica, IEnumerable<ILeased> leased, Database database, IOptions<StorageOptions> options, TimeProvider time, ILogger<LeaseKeeper> logger, SharedClock? clock = null)
{
    private const string OwnRow =
        """
        INSERT INTO replicas (id, name, version, started_at, alive_until) VALUES (@Id, @Name, @Version, @StartedAt, @Until)
        ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until
        """;

    private readonly Lock _lock = new();
    private readonly Dictionary<(ILeased Kind, long Row), HeldLease> _held = [];
    private long? _beatAt;

    public TimeSpan Lease => options.Value.Lease;

    /// <summary>The ids of the replicas that were alive when this one last said that it is, itself included.</summary>
    public IReadOnlyCollection<string> Alive { get; private set; } = [replica.Id];

    /// <summary>How often to say that it is alive.</summary>
    public TimeSpan Beat => Lease / 3;

    /// <summary>Whether no other replica can have taken this one for dead yet.</summary>
    public bool IsAlive => SinceBeat < Lease;

    /// <summary>Takes part from now on. Call it once, before anything is leased.</summary>
    /// <param name="isAlone">No other process can have the database open: whatever is leased is left over.</param>
    public async Task JoinAsync(bool isAlone, CancellationToken cancellationToken)
    {
        if (isAlone)
        {
            await database.InTransactionAsync(
                async transaction =>
                {
                    await transaction.Connection!.ExecuteAsync("DELETE FROM replicas", transaction: transaction);
                    await ReleaseAsync(transaction, null);
                },
                cancellationToken);
        }

        await BeatAsync(cancellationToken);
    }

    /// <summary>Says that this replica is alive, if it has not just now: for whoever is about to lease something.</summary>
    public Task EnsureAliveAsync(CancellationToken cancellationToken) =>
        SinceBeat < Beat ? Task.CompletedTask : BeatAsync(cancellationToken);

    /// <summary>Says that this replica is alive, renews what it works on, and gives back what the dead held.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        await (clock?.SetAsync(() => database.NowAsync(cancellationToken)) ?? Task.CompletedTask);
        // Taken before the database writes until when: this replica gives up before the others may take over.
        var began = time.GetTimestamp();
        var working = Held();
        var (wasAlive, kept) = await database.ClaimAsync(transaction => BeatAsync(transaction, working), cancellationToken);
        if (!wasAlive && SinceBeat is not null)
        {
            Log.WasTakenForDead(logger, replica.Id);
        }

        foreach (var lease in working.Where(l => !wasAlive || !kept.Contains((l.Kind, l.Row))))
        {
            lease.Lose();
        }

        lock (_lock)
        {
            _beatAt = Math.Max(began, _beatAt ?? began);
        }
    }

    /// <summary>Notes that a row that was leased just now is being worked on, until the lease is disposed of.</summary>
    public HeldLease Hold(ILeased kind, long row)
    {
        var lease = new HeldLease(this, kind, row);
        lock (_lock)
        {
            _held.GetValueOrDefault((kind, row))?.Lose();
            _held[(kind, row)] = lease;
        }

        return lease;
    }

    /// <summary>Gives back all that this replica holds, and says that it is gone: a clean stop.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _beatAt = null;
        }

        await database.InTransactionAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("DELETE FROM replicas WHERE id = @Id", new { replica.Id }, transaction);
                await ReleaseAsync(transaction, [replica.Id]);
            },
            cancellationToken);
    }

    /// <summary>The replicas that are alive, longest first.</summary>
    public async Task<IReadOnlyList<Replica>> AliveAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Id, string Name, string Version, long StartedAt)>(
            "SELECT id, name, version, started_at FROM replicas WHERE alive_until > @Now ORDER BY started_at, id", new { Now = Now() });
        return [.. rows.Select(r => new Replica(r.Id, r.Name, r.Version, DateTimeOffset.FromUnixTimeMilliseconds(r.StartedAt)))];
    }

    private async Task<(bool WasAlive, HashSet<(ILeased, long)> Kept)> BeatAsync(DbTransaction transaction, IReadOnlyList<HeldLease> working)
    {
        var connection = transaction.Connection!;
        var row = new { replica.Id, replica.Name, replica.Version, StartedAt = replica.StartedAt.ToUnixTimeMilliseconds(), Now = Now(), Until = Now() + (long)Lease.TotalMilliseconds };
        var wasAlive = await connection.ExecuteAsync("UPDATE replicas SET alive_until = @Until WHERE id = @Id AND alive_until > @Now", row, transaction) > 0;
        await (wasAlive ? Task.CompletedTask : connection.ExecuteAsync(OwnRow, row, transaction));
        // A line that is being written to just now is of one that is alive; to wait for it would be to wait for each other.
        var dead = (await connection.QueryAsync<(string Id, string Name)>(
            $"DELETE FROM replicas WHERE id IN (SELECT r.id FROM replicas r WHERE r.alive_until <= @Now {database.SkipLocked("r")}) RETURNING id, name", row, transaction)).AsList();
        if (dead.Count > 0)
        {
            dead.ForEach(d => Log.Died(logger, d.Id, d.Name));
            await ReleaseAsync(transaction, [.. dead.Select(d => d.Id)]);
        }

        Alive = [.. await connection.QueryAsync<string>("SELECT id FROM replicas", transaction: transaction)];
        var kept = new HashSet<(ILeased, long)>();
        foreach (var rows in working.GroupBy(l => l.Kind, l => l.Row))
        {
            kept.UnionWith((await rows.Key.RenewAsync(transaction, [.. rows])).Select(r => (rows.Key, r)));
        }

        return (wasAlive, kept);
    }

    private async Task ReleaseAsync(DbTransaction transaction, IReadOnlyCollection<string>? replicas)
    {
        foreach (var kind in leased)
        {
            await kind.ReleaseAsync(transaction, replicas);
        }
    }

    // Null before the first and after the last.
    private TimeSpan? SinceBeat
    {
        get
        {
            lock (_lock)
            {
                return _beatAt is { } at ? time.GetElapsedTime(at) : null;
            }
        }
    }

    private List<HeldLease> Held()
    {
        lock (_lock)
        {
            return [.. _held.Values];
        }
    }

    private void Forget(HeldLease lease)
    {
        lock (_lock)
        {
            if (_held.GetValueOrDefault((lease.Kind, lease.Row)) == lease)
            {
                _held.Remove((lease.Kind, lease.Row));
            }
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A row that this replica works on, until this is disposed of.</summary>
    internal sealed class HeldLease(LeaseKeeper keeper, ILeased kind, long row) : IDisposable
    {
        private volatile bool _isLost;

        public ILeased Kind => kind;

        public long Row => row;

        /// <summary>False: another replica may have the row. What can't be taken back must not be done any more.</summary>
        public bool IsHeld => !_isLost && keeper.IsAlive;

        public void Lose() => _isLost = true;

        public void Dispose() => keeper.Forget(this);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Replica {Id} on {Name} is dead or cut off: what it held is given back")]
        public static partial void Died(ILogger logger, string id, string name);

        [LoggerMessage(2, LogLevel.Warning, "This replica, {Id}, was silent for so long that others take it for dead: what it worked on is theirs")]
        public static partial void WasTakenForDead(ILogger logger, string id);
    }
}
