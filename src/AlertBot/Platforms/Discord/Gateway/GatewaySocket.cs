using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>A WebSocket to Discord: whole messages in, one message at a time out, and no wait without an end.</summary>
internal sealed class GatewaySocket : IDisposable
{
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Queue<DateTimeOffset> _sent = [];
    private readonly TimeProvider _time;

    private GatewaySocket(TimeProvider time) => _time = time;

    /// <summary>The code that Discord closed with; null if it closed without one, or not at all.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    /// <exception cref="WebSocketException">There is no connection to be had.</exception>
    /// <exception cref="TimeoutException">Nor an answer in time.</exception>
    public static async Task<GatewaySocket> OpenAsync(Uri url, string userAgent, TimeSpan within, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new GatewaySocket(time);
        try
        {
            socket._socket.Options.SetRequestHeader("User-Agent", userAgent);
            // The protocol's own heartbeats keep it alive and find it dead.
            socket._socket.Options.KeepAliveInterval = TimeSpan.Zero;
            var address = new UriBuilder(url) { Query = "v=10&encoding=json" }.Uri;
            await socket.WithinAsync(within, token => socket._socket.ConnectAsync(address, token), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The next message, which the caller disposes; null once the connection is closed. Cancelling breaks the connection.</summary>
    public async Task<PooledMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var message = new PooledMessage();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(message.Free(), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    message.Dispose();
                    return null;
                }

                message.Add(part.Count);
                if (part.EndOfMessage)
                {
                    return message;
                }
            }
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <exception cref="TimeoutException">Discord takes nothing any more; the connection is broken.</exception>
    public async Task SendAsync<T>(T payload, JsonTypeInfo<T> type)
    {
        await _sending.WaitAsync();
        try
        {
            _sent.Enqueue(_time.GetUtcNow());
            var bytes = JsonSerializer.SerializeToUtf8Bytes(payload, type);
            await WithinAsync(SendWithin, token => _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, token), CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Discord cuts a connection at 120 messages in a minute.</summary>
    public async Task<int> SentInLastMinuteAsync()
    {
        await _sending.WaitAsync();
        try
        {
            while (_sent.TryPeek(out var oldest) && _time.GetUtcNow() - oldest >= Minute)
            {
                _sent.Dequeue();
            }

            return _sent.Count;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says good-bye, if that is still possible. A message that is being received may still come.</summary>
    public async Task CloseAsync(int code)
    {
        try
        {
            await WithinAsync(CloseWithin, token => _socket.CloseAsync((WebSocketCloseStatus)code, null, token), CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            // It was dead already.
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task WithinAsync(TimeSpan span, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(span, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await work(either.Token);
        }
        catch (Exception exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Discord did not answer within {span.TotalSeconds} seconds.", exception);
        }
    }
}
