using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>
/// One connection of a shard, from HELLO to its end. Three loops run side by side: one receives, one sends heartbeats, one
/// signs on; the first to end tells how the connection ended. It always leaves the session open for a RESUME.
/// </summary>
/// <param name="session">What to RESUME; null to IDENTIFY with <paramref name="turn"/>.</param>
internal sealed partial class ShardConnection(GatewayParts parts, ShardId id, GatewaySession? session, IdentifyTurn? turn, EventQueue events, Random random)
{
    // Any code but 1000 and 1001, which would end the session at Discord.
    private const int KeepSession = 4000;

    // Leaves room for a heartbeat each second below Discord's 120 a minute.
    private const int SendsBeforeSilence = 50;

    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ResumeWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostInterval = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time = parts.Time;
    private readonly TaskCompletionSource<TimeSpan> _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GatewaySocket _socket = null!;
    private Action<GatewaySession?> _started = null!;
    private long _beatAt;
    private volatile bool _isAnswered = true;

    /// <summary>The session of this connection: the one that was resumed, or the new one once it is there.</summary>
    public GatewaySession? Session { get; private set; } = session;

    /// <summary>When Discord took the sign-on; null if it did not.</summary>
    public DateTimeOffset? ReadyAt { get; private set; }

    /// <summary>A RESUME or IDENTIFY was sent.</summary>
    public bool IsSignedOn { get; private set; }

    /// <param name="started">Told of each new session at once, so that it is not lost with the process.</param>
    public async Task<ConnectionEnd> RunAsync(Uri url, Action<GatewaySession?> started, CancellationToken cancellationToken)
    {
        _started = started;
        try
        {
            _socket = await GatewaySocket.OpenAsync(url, parts.Settings.UserAgent, ConnectWithin, _time, cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or TimeoutException)
        {
            return new ConnectionEnd(NextStep.Resume, $"no connection to {url.Host}: {exception.Message}");
        }

        using var socket = _socket;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Cancelling a pending receive breaks the connection, so that comes after the good-bye.
        using var abort = new CancellationTokenSource();
        Task<ConnectionEnd>[] loops = [GuardAsync(ReceiveAsync(abort.Token)), GuardAsync(BeatAsync(over.Token)), GuardAsync(SignOnAsync(over.Token))];
        var end = await await Task.WhenAny(loops);
        await over.CancelAsync();
        await socket.CloseAsync(KeepSession);
        await abort.CancelAsync();
        await Task.WhenAll(loops);
        // A send may have failed on the close before it was read.
        return ConnectionEnd.OfClose(socket.CloseCode) is { Next: NextStep.GiveUp } told ? told : cancellationToken.IsCancellationRequested ? ConnectionEnd.Stopped : end;
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
            return new ConnectionEnd(NextStep.Resume, "the connection broke");
        }
        catch (Exception exception)
        {
            Log.Failed(parts.Logger, exception, id);
            return new ConnectionEnd(NextStep.Resume, $"a fault of our own: {exception.GetType().Name}");
        }
    }

    private async Task<ConnectionEnd> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (await _socket.ReceiveAsync(cancellationToken) is { } message)
        {
            if (await TakeAsync(message, cancellationToken) is { } end)
            {
                return end;
            }
        }

        return ConnectionEnd.OfClose(_socket.CloseCode);
    }

    /// <summary>Takes one message, and gives its buffer back or on.</summary>
    private async Task<ConnectionEnd?> TakeAsync(PooledMessage message, CancellationToken cancellationToken)
    {
        if (message.IsTooLong || GatewayFrame.Read(message.Bytes.Span) is not { } frame)
        {
            Log.Unreadable(parts.Logger, id, message.Bytes.Length);
            message.Dispose();
            return null;
        }

        if (ReadyAt is not null)
        {
            Session?.Heard(_time.GetUtcNow());
        }

        if (frame.Op == GatewayOp.Dispatch)
        {
            await DispatchAsync(frame, message, cancellationToken);
            return null;
        }

        using (message)
        {
            return await ObeyAsync(frame, message.Bytes[frame.Data]);
        }
    }

    private async Task<ConnectionEnd?> ObeyAsync(GatewayFrame frame, ReadOnlyMemory<byte> data)
    {
        switch (frame.Op)
        {
            case GatewayOp.Hello when Read(data, GatewayJson.Default.Hello) is { HeartbeatInterval: var interval }:
                _hello.TrySetResult(TimeSpan.FromMilliseconds(Math.Clamp(interval, LeastInterval.TotalMilliseconds, MostInterval.TotalMilliseconds)));
                return null;
            case GatewayOp.HeartbeatAck:
                _isAnswered = true;
                parts.State.Answered(id.Number, _time.GetElapsedTime(Volatile.Read(ref _beatAt)));
                return null;
            case GatewayOp.Heartbeat when await _socket.SentInLastMinuteAsync() < SendsBeforeSilence:
                await SendHeartbeatAsync();
                return null;
            case GatewayOp.Reconnect:
                return new ConnectionEnd(NextStep.Resume, "Discord asked for a new connection");
            case GatewayOp.InvalidSession:
                return data.Span.SequenceEqual("true"u8)
                    ? new ConnectionEnd(NextStep.Resume, "Discord did not take the sign-on (op 9, resumable)")
                    : new ConnectionEnd(NextStep.Identify, "Discord no longer knows the session (op 9)");
            default:
                return null;
        }
    }

    private async Task DispatchAsync(GatewayFrame frame, PooledMessage message, CancellationToken cancellationToken)
    {
        var started = frame.Name == "READY" ? NewSession(Read(message.Bytes[frame.Data], GatewayJson.Default.Ready), frame.Sequence ?? 0) : null;
        var session = started ?? Session;
        await events.AddAsync(session, frame, message, cancellationToken);
        session?.Receive(frame.Sequence ?? 0);
        if (frame.Name is "READY" or "RESUMED")
        {
            Session = session;
            _started(session);
            ReadyAt = _time.GetUtcNow();
            _ready.TrySetResult();
        }
    }

    private GatewaySession? NewSession(Ready? ready, long sequence) =>
        ready?.SessionId is { } sessionId && Uri.TryCreate(ready.ResumeGatewayUrl, UriKind.Absolute, out var url) && url.Scheme is "wss" or "ws"
            ? new GatewaySession(sessionId, url, sequence, _time.GetUtcNow())
            : null;

    private async Task<ConnectionEnd> SignOnAsync(CancellationToken cancellationToken)
    {
        if (!await ComesAsync(_hello.Task, HelloWithin, cancellationToken))
        {
            return new ConnectionEnd(NextStep.Resume, "Discord said no HELLO");
        }

        var failure = turn is null ? await ResumeAsync(Session!, cancellationToken) : await IdentifyAsync(turn, cancellationToken);
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

    private async Task<ConnectionEnd?> IdentifyAsync(IdentifyTurn leave, CancellationToken cancellationToken)
    {
        if (!await leave.TakeAsync(cancellationToken))
        {
            return new ConnectionEnd(NextStep.Identify, "the day's session starts are nearly spent");
        }

        var properties = new ClientProperties(OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux", "alertbot", "alertbot");
        var identify = new Identify(parts.Settings.Token, parts.Settings.Intents, properties, [id.Number, id.Count]);
        await SendAsync(GatewayOp.Identify, identify, GatewayJson.Default.OutgoingIdentify);
        IsSignedOn = true;
        leave.Dispose();
        return await ComesAsync(_ready.Task, ReadyWithin, cancellationToken) ? null : new ConnectionEnd(NextStep.Identify, "Discord did not answer IDENTIFY");
    }

    private async Task<ConnectionEnd?> ResumeAsync(GatewaySession resumed, CancellationToken cancellationToken)
    {
        await SendAsync(GatewayOp.Resume, new Resume(parts.Settings.Token, resumed.Id, resumed.Received), GatewayJson.Default.OutgoingResume);
        IsSignedOn = true;
        // What was missed comes before RESUMED: as long as some comes, there is an answer.
        var before = -1L;
        while (before != resumed.Received)
        {
            before = resumed.Received;
            if (await ComesAsync(_ready.Task, ResumeWithin, cancellationToken))
            {
                return null;
            }
        }

        return new ConnectionEnd(NextStep.Identify, "Discord did not answer RESUME");
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await parts.Store.SaveSessionAsync(parts.Owner, id, Session, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next renewal of the lease saves it too.
            Log.NotSaved(parts.Logger, exception, id);
        }
    }

    private async Task<ConnectionEnd> BeatAsync(CancellationToken cancellationToken)
    {
        var interval = await _hello.Task.WaitAsync(cancellationToken);
        await Task.Delay(interval * random.NextDouble(), _time, cancellationToken);
        while (_isAnswered)
        {
            _isAnswered = false;
            Volatile.Write(ref _beatAt, _time.GetTimestamp());
            await SendHeartbeatAsync();
            await Task.Delay(interval, _time, cancellationToken);
        }

        return new ConnectionEnd(NextStep.Resume, "Discord did not answer a heartbeat");
    }

    private Task SendHeartbeatAsync() => SendAsync(GatewayOp.Heartbeat, Session?.Received, GatewayJson.Default.OutgoingNullableInt64);

    private Task SendAsync<T>(GatewayOp op, T data, JsonTypeInfo<Outgoing<T>> type) => _socket.SendAsync(new Outgoing<T>(op, data), type);

    private async Task<bool> ComesAsync(Task task, TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(within, _time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

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
