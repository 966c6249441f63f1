using System.Collections.Concurrent;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>
/// The only way to an IDENTIFY. It lets one through for each key at a time, and none while Discord's count or our own
/// says that the day's budget is nearly spent.
/// </summary>
/// <param name="ask">GET /gateway/bot.</param>
internal sealed partial class IdentifyGate(Func<CancellationToken, Task<GatewayAddress>> ask, GatewayStore store, GatewayState state, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LeastWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestWaitConnected = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<int, SemaphoreSlim> _turns = new();
    private volatile int _maxConcurrency = 1;

    public async Task<GatewayAddress> AskAsync(CancellationToken cancellationToken)
    {
        var address = await ask(cancellationToken);
        _maxConcurrency = Math.Max(1, address.Limit.MaxConcurrency);
        return address;
    }

    /// <summary>Waits until the shard may connect to IDENTIFY, which may take until the budget is renewed.</summary>
    public async Task<IdentifyTurn> EnterAsync(int shard, CancellationToken cancellationToken)
    {
        var key = shard % _maxConcurrency;
        var turn = _turns.GetOrAdd(key, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var address = await AskAsync(cancellationToken);
                var limit = address.Limit;
                var spent = limit.Remaining > limit.Reserve ? await store.BudgetSpentForAsync(limit.Total - limit.Reserve, cancellationToken) : limit.ResetAfter;
                if (limit.Remaining > limit.Reserve && spent == TimeSpan.Zero)
                {
                    return new IdentifyTurn(store, time, turn, key, address);
                }

                await WaitForBudgetAsync(shard, limit, spent, cancellationToken);
            }
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    private async Task WaitForBudgetAsync(int shard, SessionStartLimit limit, TimeSpan spent, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromTicks(Math.Clamp(spent.Ticks, LeastWait.Ticks, LongestWait.Ticks));
        var until = time.GetUtcNow() + wait;
        Log.BudgetSpent(logger, shard, until, limit.Remaining, limit.Total);
        state.Enter(shard, ShardPhase.Waiting, $"the day's session starts are nearly spent (Discord counts {limit.Remaining} of {limit.Total} left); waiting until {until:u}");
        await Task.Delay(wait, time, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Shard {Shard} waits until {Until}: the day's session starts are nearly spent (Discord counts {Remaining} of {Total} left), and beyond them it would reset the token. The log before this tells why so many were needed")]
        public static partial void BudgetSpent(ILogger logger, int shard, DateTimeOffset until, int remaining, int total);
    }
}

/// <summary>Leave to IDENTIFY once. Others with the same key wait until it is disposed.</summary>
internal sealed class IdentifyTurn(GatewayStore store, TimeProvider time, SemaphoreSlim turn, int key, GatewayAddress address) : IDisposable
{
    private bool _isOver;

    public Uri Url => address.Url;

    /// <summary>Waits for the five seconds since the last one with this key and writes the IDENTIFY down.</summary>
    /// <returns>True if it may now be sent; false if the budget was spent meanwhile.</returns>
    public async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        var most = address.Limit.Total - address.Limit.Reserve;
        while (await store.ReserveIdentifyAsync(key, most, cancellationToken) is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
            if (await store.BudgetSpentForAsync(most, cancellationToken) > TimeSpan.Zero)
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        if (!_isOver)
        {
            _isOver = true;
            turn.Release();
        }
    }
}
