using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Interactions;

namespace AlertBot.Platforms.Slack.Sockets;

/// <summary>
/// Works on what the sockets bring, much of it side by side, so that no socket ever waits. What is taken is acknowledged
/// within three seconds: bare, if the work has nothing to say by then. What can't be taken is not acknowledged: Slack tells
/// an event again, and tells a person that a command was not taken.
/// </summary>
internal sealed partial class Deliveries(HandleDelivery handle, TimeProvider time, ILogger<Deliveries> logger) : IDisposable
{
    private const int SideBySide = 128;
    private const int MostWaiting = 2_000;

    /// <summary>Slack waits three seconds.</summary>
    private static readonly TimeSpan AcknowledgeWithin = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _room = new(SideBySide);
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _over = new();

    /// <summary>Returns at once.</summary>
    /// <param name="send">Sends the acknowledgement; false where that was not possible.</param>
    public void Take(SlackDelivery delivery, Func<JsonObject?, Task<bool>> send)
    {
        if (_running.Count >= SideBySide + MostWaiting)
        {
            Log.NoRoom(logger, delivery.Kind);
            return;
        }

        var work = RunAsync(delivery, send);
        _running.TryAdd(work, true);
        _ = work.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
    }

    /// <summary>Lets what was taken come to its end, for some seconds.</summary>
    public async Task FinishAsync()
    {
        var running = Task.WhenAll(_running.Keys);
        await Task.WhenAny(running, Task.Delay(FinishWithin, time));
        await _over.CancelAsync();
        await running;
    }

    public void Dispose()
    {
        _over.Dispose();
        _room.Dispose();
    }

    private async Task RunAsync(SlackDelivery delivery, Func<JsonObject?, Task<bool>> send)
    {
        var acknowledged = 0;
        using var answered = new CancellationTokenSource();
        var work = WorkAsync();
        await Task.WhenAny(work, Task.Delay(AcknowledgeWithin, time, answered.Token));
        await AcknowledgeAsync(null, CancellationToken.None);
        await answered.CancelAsync();
        await work;

        async Task<bool> AcknowledgeAsync(JsonObject? payload, CancellationToken cancellationToken) => Interlocked.Exchange(ref acknowledged, 1) == 0 && await send(payload);

        async Task WorkAsync()
        {
            // The socket reads on meanwhile.
            await _room.WaitAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            try
            {
                await handle(delivery, AcknowledgeAsync, _over.Token);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !_over.IsCancellationRequested)
            {
                Log.Failed(logger, exception, delivery.Kind);
            }
            catch (OperationCanceledException)
            {
                Log.Unfinished(logger, delivery.Kind);
            }
            finally
            {
                _room.Release();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Acting on a delivery of Slack failed ({Kind})")]
        public static partial void Failed(ILogger logger, Exception exception, DeliveryKind kind);

        [LoggerMessage(2, LogLevel.Error, "Too much waits to be answered: a delivery of Slack was not taken ({Kind})")]
        public static partial void NoRoom(ILogger logger, DeliveryKind kind);

        [LoggerMessage(3, LogLevel.Warning, "The bot stopped before a delivery of Slack was worked off ({Kind})")]
        public static partial void Unfinished(ILogger logger, DeliveryKind kind);
    }
}
