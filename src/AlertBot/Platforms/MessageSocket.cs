using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AlertBot.Platforms;

/// <summary>A WebSocket to a platform: whole messages in, one message at a time out, and no wait without an end.</summary>
internal sealed class MessageSocket : IDisposable
{
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly TimeProvider _time;

    private MessageSocket(TimeProvider time) => _time = time;

    /// <summary>The code that the platform closed with; null if it closed without one, or not at all.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    /// <param name="ping">How often the connection is tried, and how long an answer may take, by the real clock; null where the protocol has a way of its own.</param>
    /// <exception cref="WebSocketException">There is no connection to be had.</exception>
    /// <exception cref="TimeoutException">Nor an answer in time.</exception>
    public static async Task<MessageSocket> OpenAsync(Uri address, string userAgent, (TimeSpan Every, TimeSpan Within)? ping, TimeSpan within, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new MessageSocket(time);
        try
        {
            socket._socket.Options.SetRequestHeader("User-Agent", userAgent);
            socket._socket.Options.KeepAliveInterval = ping?.Every ?? TimeSpan.Zero;
            socket._socket.Options.KeepAliveTimeout = ping?.Within ?? Timeout.InfiniteTimeSpan;
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

    /// <exception cref="TimeoutException">The platform takes nothing any more; the connection is broken.</exception>
    public async Task SendAsync<T>(T payload, JsonTypeInfo<T> type)
    {
        await _sending.WaitAsync();
        try
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(payload, type);
            await WithinAsync(SendWithin, token => _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, token), CancellationToken.None);
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
            throw new TimeoutException($"There was no answer within {span.TotalSeconds} seconds.", exception);
        }
    }
}
