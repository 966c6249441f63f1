using System.Net;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>
/// Holds this process's part of the bot's connections to Discord and keeps them up. A fault that only a person can mend
/// stops the gateway and nothing else; <see cref="GatewayState"/> then says what to do.
/// </summary>
/// <param name="owner">Names this process among those that share the database.</param>
/// <param name="ask">GET /gateway/bot. A refused token is an <see cref="HttpRequestException"/> with status 401; any other exception is tried again.</param>
/// <param name="handler">Called for one event after the other of a shard; it is to queue the work and return.</param>
/// <param name="random">Not used by anything else at the same time.</param>
internal sealed partial class DiscordGateway(
    GatewaySettings settings,
    string owner,
    Func<CancellationToken, Task<GatewayAddress>> ask,
    GatewayStore store,
    GatewayState state,
    Action<GatewayEvent> handler,
    TimeProvider time,
    Random random,
    ILogger<DiscordGateway> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly IdentifyGate _gate = new(ask, store, state, time, logger);
    private readonly Dictionary<int, Running> _running = [];
    private readonly CancellationTokenSource _over = new();

    public override void Dispose()
    {
        _over.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _over.Token);
        try
        {
            if (await AskCountAsync(either.Token) is { } count)
            {
                await KeepAsync(count, either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The bot stops, or the gateway gave up and said why.
        }
        finally
        {
            await LeaveAsync();
        }
    }

    /// <summary>Into how many shards the bot is split; null if the token is refused.</summary>
    private async Task<int?> AskCountAsync(CancellationToken cancellationToken)
    {
        var backoff = new Backoff(random);
        while (true)
        {
            try
            {
                var address = await _gate.AskAsync(cancellationToken);
                state.Notice = null;
                return Math.Max(1, settings.Shards ?? address.Shards);
            }
            catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.Unauthorized)
            {
                await GiveUpAsync(ConnectionEnd.BadToken);
                return null;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                var wait = backoff.Next(LongestWait);
                state.Notice = $"Discord does not tell where its gateway is: {exception.Message}";
                Log.NoAddress(logger, exception.Message, wait);
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private async Task KeepAsync(int count, CancellationToken cancellationToken)
    {
        var renewedAt = time.GetUtcNow();
        while (true)
        {
            try
            {
                var began = time.GetUtcNow();
                count = await RenewAsync(count, cancellationToken);
                renewedAt = began;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NotRenewed(logger, exception);
                if (time.GetUtcNow() - renewedAt >= GatewayStore.Lease)
                {
                    // Another replica may hold them by now.
                    await CloseAsync([.. _running.Keys]);
                }
            }

            await Task.Delay(Tick, time, cancellationToken);
        }
    }

    /// <summary>Renews the leases and holds exactly the shards that are ours then.</summary>
    /// <returns>The number of shards to go on with.</returns>
    private async Task<int> RenewAsync(int count, CancellationToken cancellationToken)
    {
        var leases = await store.LeaseAsync(owner, count, [.. _running.Values.Select(r => (r.Id.Number, r.Shard.Session))], cancellationToken);
        await CloseAsync([.. _running.Keys.Except(leases.Held.Select(h => h.Number))]);
        foreach (var held in leases.Held.Take(leases.Part).Where(h => !_running.ContainsKey(h.Number)))
        {
            Start(new ShardId(held.Number, count), held.Session, cancellationToken);
        }

        // Another replica came: it resumes where this one stops.
        await ReleaseAsync([.. leases.Held.Skip(leases.Part).Select(h => h.Number).Where(_running.ContainsKey)]);
        if (leases.OtherCount is not { } other)
        {
            state.Notice = null;
            return count;
        }

        state.Notice = $"Another replica splits the bot into {other} shards, this one into {count}.";
        Log.OtherCount(logger, other, count);
        return settings.Shards is null && _running.Count == 0 ? other : count;
    }

    private void Start(ShardId id, GatewaySession? session, CancellationToken cancellationToken)
    {
        var parts = new GatewayParts(settings, owner, store, _gate, state, handler, time, logger);
        var shard = new Shard(parts, id, session, new Random(random.Next()));
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running[id.Number] = new Running(id, shard, stop, RunAsync());

        async Task RunAsync()
        {
            if (await shard.RunAsync(stop.Token) is { } fault)
            {
                await GiveUpAsync(fault);
            }
        }
    }

    private async Task GiveUpAsync(string fault)
    {
        Log.GaveUp(logger, fault);
        state.Fault = fault;
        await _over.CancelAsync();
    }

    /// <summary>Closes shards in such a way that their sessions can be resumed.</summary>
    private async Task<IReadOnlyList<Running>> CloseAsync(IReadOnlyList<int> shards)
    {
        var closed = shards.Select(s => _running[s]).ToList();
        await Task.WhenAll(closed.Select(r => r.Stop.CancelAsync()));
        await Task.WhenAll(closed.Select(r => r.Loop));
        foreach (var running in closed)
        {
            _running.Remove(running.Id.Number);
            running.Stop.Dispose();
            state.Leave(running.Id.Number);
        }

        return closed;
    }

    private async Task<IReadOnlyList<Running>> ReleaseAsync(IReadOnlyList<int> shards)
    {
        var closed = await CloseAsync(shards);
        foreach (var running in closed)
        {
            await store.ReleaseAsync(owner, running.Id, running.Shard.Session, CancellationToken.None);
        }

        return closed;
    }

    private async Task LeaveAsync()
    {
        try
        {
            var closed = await ReleaseAsync([.. _running.Keys]);
            await store.LeaveAsync(owner, CancellationToken.None);
            await Task.WhenAll(closed.Select(r => r.Shard.Handled));
        }
        catch (Exception exception)
        {
            Log.NotRenewed(logger, exception);
        }
    }

    private sealed record Running(ShardId Id, Shard Shard, CancellationTokenSource Stop, Task Loop);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Critical, Message = "The connection to Discord is given up; the rest of the bot goes on. {Fault}")]
        public static partial void GaveUp(ILogger logger, string fault);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Discord does not tell where its gateway is: {Why}. It is asked again in {Wait}")]
        public static partial void NoAddress(ILogger logger, string why, TimeSpan wait);

        [LoggerMessage(Level = LogLevel.Error, Message = "The leases of the Discord shards could not be written")]
        public static partial void NotRenewed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Another replica splits the bot into {Other} Discord shards, this one into {Count}; shards are taken once all agree")]
        public static partial void OtherCount(ILogger logger, int other, int count);
    }
}
