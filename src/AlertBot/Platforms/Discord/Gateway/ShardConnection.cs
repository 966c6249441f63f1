using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>
/// One connection of a shard, from its first byte to its end. Three loops run side by side: one receives, one sends
/// heartbeats, one signs on; the first to end tells how the connection ended. The session is always left open for a RESUME.
/// </summary>
/// <param name="session">What to RESUME; null to IDENTIFY with <paramref name="turn"/>.</param>
/// <param name="started">Told of a new session at once, so that it is not lost with the process.</param>
internal sealed partial class ShardConnection(
    GatewayParts parts, ShardId id, GatewaySession? session, IdentifyTurn? turn, EventQueue events, Action<GatewaySession?> started, Random random)
{
    // Any code but 1000 and 1001, which would end the session at Discord.
    private const int KeepSession = 4000;

    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _time = parts.Time;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GatewaySession? _session = session;

    /// <summary>A RESUME or IDENTIFY may have been sent.</summary>
    public bool IsSignedOn { get; private set; }

    /// <summary>When Discord took the sign-on; null if it did not.</summary>
    public DateTimeOffset? ReadyAt { get; private set; }

    public async Task<ConnectionEnd> RunAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            // The protocol's own heartbeats keep it alive and find it dead.
            var address = new UriBuilder(url) { Query = "v=10&encoding=json" }.Uri;
            using var socket = await MessageSocket.OpenAsync(address, parts.Settings.UserAgent, ping: null, ConnectWithin, _time, cancellationToken);
            var end = await RunAsync(socket, cancellationToken);
            // A send may have failed on the close before it was read.
            return ConnectionEnd.OfClose(socket.CloseCode) is { Next: NextStep.GiveUp } told ? told : cancellationToken.IsCancellationRequested ? ConnectionEnd.Stopped : end;
        }
        catch (Exception exception) when (exception is WebSocketException or TimeoutException)
        {
            return new ConnectionEnd(NextStep.Resume, $"no connection to {url.Host}: {exception.Message}");
        }
    }

    private async Task<ConnectionEnd> RunAsync(MessageSocket socket, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Cancelling a pending receive breaks the connection, so that comes after the good-bye.
        using var abort = new CancellationTokenSource();
        var heartbeat = new Heartbeat(socket, () => _session?.Received, _time, random);
        Task<ConnectionEnd>[] loops =
        [
            GuardAsync(ReceiveAsync(socket, heartbeat, abort.Token)),
            GuardAsync(heartbeat.RunAsync(over.Token)),
            GuardAsync(SignOnAsync(socket, heartbeat.Hello, over.Token)),
        ];
        var end = await await Task.WhenAny(loops);
        await over.CancelAsync();
        await socket.CloseAsync(KeepSession);
        await abort.CancelAsync();
        await Task.WhenAll(loops);
        return end;
    }

    private async Task<ConnectionEnd> GuardAsync(Task<ConnectionEnd> loop)
    {
        try
        {
            return await loop;
        }
        catch (OperationCanceledException)
        {
            return ConnectionEnd.Stopped;
        }
        catch (Exception exception) when (exception is WebSocketException or TimeoutException)
        {
            return ConnectionEnd.OfClose(null);
        }
        catch (Exception exception)
        {
            Log.Failed(parts.Logger, exception, id);
            return new ConnectionEnd(NextStep.Resume, $"a fault of our own: {exception.GetType().Name}");
        }
    }

    private async Task<ConnectionEnd> SignOnAsync(MessageSocket socket, Task hello, CancellationToken cancellationToken)
    {
        if (!await hello.ComesWithinAsync(HelloWithin, _time, cancellationToken))
        {
            return new ConnectionEnd(NextStep.Resume, "Discord said no HELLO");
        }

        var signOn = new SignOn(parts.Settings, id, socket, _ready.Task, events, _time);
        IsSignedOn = true;
        var failure = turn is null ? await signOn.ResumeAsync(_session!, cancellationToken) : await signOn.IdentifyAsync(turn, cancellationToken);
        if (failure is not null)
        {
            return failure;
        }

        parts.State.Enter(id.Number, ShardPhase.Ready);
        Log.IsReady(parts.Logger, id, turn is null ? "resumed" : "new");
        await SaveAsync(cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
        return ConnectionEnd.Stopped;
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await parts.Store.SaveSessionAsync(parts.Owner, id, _session, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next renewal of the lease saves it too.
            Log.NotSaved(parts.Logger, exception, id);
        }
    }

    private async Task<ConnectionEnd> ReceiveAsync(MessageSocket socket, Heartbeat heartbeat, CancellationToken cancellationToken)
    {
        while (await socket.ReceiveAsync(cancellationToken) is { } message)
        {
            if (await TakeAsync(message, heartbeat, cancellationToken) is { } end)
            {
                return end;
            }
        }

        return ConnectionEnd.OfClose(socket.CloseCode);
    }

    /// <summary>Takes one message, and gives its buffer back or on.</summary>
    private async Task<ConnectionEnd?> TakeAsync(PooledMessage message, Heartbeat heartbeat, CancellationToken cancellationToken)
    {
        if (message.IsTooLong || GatewayFrame.Read(message.Bytes.Span) is not { } frame)
        {
            Log.Unreadable(parts.Logger, id, message.Bytes.Length);
            message.Dispose();
            return null;
        }

        if (ReadyAt is not null)
        {
            _session?.Heard(_time.GetUtcNow());
        }

        if (frame.Op == GatewayOp.Dispatch)
        {
            await DispatchAsync(frame, message, cancellationToken);
            return null;
        }

        using (message)
        {
            return await ObeyAsync(frame.Op, message.Bytes[frame.Data], heartbeat);
        }
    }

    private async Task DispatchAsync(GatewayFrame frame, PooledMessage message, CancellationToken cancellationToken)
    {
        var isNew = frame.Name == "READY";
        var session = isNew ? NewSession(Read(message.Bytes[frame.Data], GatewayJson.Default.Ready), frame.Sequence ?? 0) : _session;
        await events.AddAsync(session, frame, message, cancellationToken);
        session?.Receive(frame.Sequence ?? 0);
        if (isNew)
        {
            _session = session;
            started(session);
        }

        if (isNew || frame.Name == "RESUMED")
        {
            ReadyAt = _time.GetUtcNow();
            _ready.TrySetResult();
        }
    }

    private async Task<ConnectionEnd?> ObeyAsync(GatewayOp op, ReadOnlyMemory<byte> data, Heartbeat heartbeat)
    {
        switch (op)
        {
            case GatewayOp.Hello when Read(data, GatewayJson.Default.Hello) is { } hello:
                heartbeat.Begin(hello.HeartbeatInterval);
                return null;
            case GatewayOp.HeartbeatAck:
                parts.State.Answered(id.Number, heartbeat.Answer());
                return null;
            case GatewayOp.Heartbeat:
                await heartbeat.SendNowAsync();
                return null;
            case GatewayOp.Reconnect:
                return new ConnectionEnd(NextStep.Resume, "Discord asked for a new connection");
            case GatewayOp.InvalidSession when data.Span.SequenceEqual("true"u8):
                return new ConnectionEnd(NextStep.Resume, "Discord did not take the sign-on (op 9), but keeps the session");
            case GatewayOp.InvalidSession:
                return new ConnectionEnd(NextStep.Identify, "Discord no longer knows the session (op 9)");
            default:
                return null;
        }
    }

    private GatewaySession? NewSession(Ready? ready, long sequence) =>
        ready?.SessionId is { } sessionId && Uri.TryCreate(ready.ResumeGatewayUrl, UriKind.Absolute, out var url) && url.Scheme is "wss" or "ws"
            ? new GatewaySession(sessionId, url, sequence, _time.GetUtcNow())
            : null;

    /// <summary>Reads data that we need; null where it is not as documented.</summary>
    private static T? Read<T>(ReadOnlyMemory<byte> data, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(data.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Shard {Shard} is ready, its session {Session}")]
        public static partial void IsReady(ILogger logger, ShardId shard, string session);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard}: a frame of {Length} bytes could not be read and is passed over")]
        public static partial void Unreadable(ILogger logger, ShardId shard, int length);

        [LoggerMessage(Level = LogLevel.Error, Message = "Shard {Shard}: its connection ended by a fault of our own")]
        public static partial void Failed(ILogger logger, Exception exception, ShardId shard);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard}: its session could not be saved; it is tried again soon")]
        public static partial void NotSaved(ILogger logger, Exception exception, ShardId shard);
    }
}
