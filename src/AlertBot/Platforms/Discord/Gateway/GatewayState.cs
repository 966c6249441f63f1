using System.Collections.Concurrent;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>What a shard is doing.</summary>
internal enum ShardPhase
{
    Waiting,
    Connecting,
    Ready,
}

/// <summary>How one shard of this process stands.</summary>
/// <param name="Latency">Of the last heartbeat that was answered.</param>
/// <param name="LastEnd">Why the last connection ended, or why it waits.</param>
internal sealed record ShardHealth(int Shard, ShardPhase Phase, DateTimeOffset Since, TimeSpan? Latency, string? LastEnd);

/// <summary>How the gateway stands, for the health page. Any thread may read it.</summary>
internal sealed class GatewayState(TimeProvider time)
{
    private readonly ConcurrentDictionary<int, ShardHealth> _shards = new();
    private volatile string? _fault;
    private volatile string? _notice;

    /// <summary>Why the gateway stopped for good, with what to do; null while it runs.</summary>
    public string? Fault
    {
        get => _fault;
        set => _fault = value;
    }

    /// <summary>Why shards are not held, where that passes by itself.</summary>
    public string? Notice
    {
        get => _notice;
        set => _notice = value;
    }

    /// <summary>The shards that this process holds, in order.</summary>
    public IReadOnlyList<ShardHealth> Shards => [.. _shards.Values.OrderBy(s => s.Shard)];

    public void Enter(int shard, ShardPhase phase, string? why = null) => _shards.AddOrUpdate(
        shard,
        _ => new ShardHealth(shard, phase, time.GetUtcNow(), null, why),
        (_, old) => old with { Phase = phase, Since = time.GetUtcNow(), LastEnd = why ?? old.LastEnd });

    public void Answered(int shard, TimeSpan latency)
    {
        if (_shards.TryGetValue(shard, out var old))
        {
            _shards.TryUpdate(shard, old with { Latency = latency }, old);
        }
    }

    public void Leave(int shard) => _shards.TryRemove(shard, out _);
}
