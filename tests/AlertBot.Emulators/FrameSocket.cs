using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators;

/// <summary>One WebSocket of an emulator: a queue of texts that one loop writes, and one loop that reads.</summary>
/// <param name="mostBytes">Of a message that is taken.</param>
/// <param name="tooLong">How a longer one is answered.</param>
internal class FrameSocket(HttpContext context, int mostBytes, (int Code, string Reason) tooLong)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Channel<(string? Text, int Close, string Reason)> _queue = Channel.CreateUnbounded<(string? Text, int Close, string Reason)>();
    private bool _closing;

    /// <summary>The code that this side closed with.</summary>
    public int? ClosedWith { get; private set; }

    public void Send(string text) => _queue.Writer.TryWrite((text, 0, ""));

    /// <summary>Closes after all that was sent before it.</summary>
    public void Close(int code, string reason)
    {
        if (!_closing)
        {
            _closing = true;
            ClosedWith = code;
            _queue.Writer.TryWrite((null, code, reason));
            _queue.Writer.TryComplete();
        }
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Drop()
    {
        _closing = true;
        _queue.Writer.TryComplete();
        context.Abort();
    }

    /// <summary>Runs until either side ends it.</summary>
    /// <param name="handle">Takes each text that arrives.</param>
    /// <param name="compress">Makes a binary message of each text; null leaves it text.</param>
    /// <returns>The code that the client closed with; null when it just went.</returns>
    public async Task<int?> RunAsync(WebSocket socket, Action<string> handle, Func<byte[], byte[]>? compress = null)
    {
        using var over = new CancellationTokenSource();
        var writing = WriteAsync(socket, compress, over.Token);
        try
        {
            return await ReadAsync(socket, handle).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return null;
        }
        finally
        {
            _queue.Writer.TryComplete();
            await over.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }
    }

    private async Task<int?> ReadAsync(WebSocket socket, Action<string> handle)
    {
        var buffer = new byte[mostBytes + 1];
        for (; ; )
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), context.RequestAborted).ConfigureAwait(false);
                length += part.Count;
            }
            while (!part.EndOfMessage && length <= mostBytes);

            if (part.MessageType == WebSocketMessageType.Close)
            {
                return (int?)socket.CloseStatus;
            }

            if (length > mostBytes)
            {
                Close(tooLong.Code, tooLong.Reason);
                length = 0;
            }
            else if (!_closing)
            {
                handle(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
    }

    /// <param name="over">The client has gone, or has answered the close.</param>
    private async Task WriteAsync(WebSocket socket, Func<byte[], byte[]>? compress, CancellationToken over)
    {
        try
        {
            await foreach (var (text, close, reason) in _queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (text is null)
                {
                    await socket.CloseOutputAsync((WebSocketCloseStatus)close, reason, context.RequestAborted).ConfigureAwait(false);
                    await CutLaterAsync(over).ConfigureAwait(false);
                    return;
                }

                var bytes = Encoding.UTF8.GetBytes(text);
                await socket.SendAsync(
                    compress?.Invoke(bytes) ?? bytes, compress is null ? WebSocketMessageType.Text : WebSocketMessageType.Binary, true, context.RequestAborted).ConfigureAwait(false);
            }

            if (socket.State == WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, "", context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The other side has gone; the reading loop ends by itself.
        }
    }

    /// <summary>A client that never answers the close is cut.</summary>
    private async Task CutLaterAsync(CancellationToken over)
    {
        await Task.Delay(Farewell, TimeProvider.System, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!over.IsCancellationRequested)
        {
            context.Abort();
        }
    }
}
