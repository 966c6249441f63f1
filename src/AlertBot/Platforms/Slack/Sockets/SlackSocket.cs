using System.Net.WebSockets;
using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Platforms.Slack.Wire;

namespace AlertBot.Platforms.Slack.Sockets;

/// <summary>One connection that has said hello. Each envelope is acknowledged over the connection that brought it.</summary>
internal sealed partial class SlackSocket : IAsyncDisposable
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(10);

    /// <summary>Slack closes a connection about so long after the warning, and may use it until then.</summary>
    private static readonly TimeSpan Lingers = TimeSpan.FromSeconds(10);

    private static readonly (TimeSpan, TimeSpan) Ping = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));

    private readonly MessageSocket _socket;
    private readonly Deliveries _deliveries;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource<Frame.Hello?> _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Leaving> _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _received;

    private SlackSocket(MessageSocket socket, Deliveries deliveries, TimeProvider time, ILogger logger)
    {
        (_socket, _deliveries, _time, _logger) = (socket, deliveries, time, logger);
        _received = ReceiveAsync();
    }

    /// <summary>Ends when another connection has to take this one's place.</summary>
    public Task<Leaving> Leaves => _leaving.Task;

    /// <summary>Ends when nothing comes any more.</summary>
    public Task Ended => _received;

    /// <summary>When Slack said hello.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <exception cref="WebSocketException">There is no connection to be had, or it was closed before the hello.</exception>
    /// <exception cref="TimeoutException">Nor an answer in time.</exception>
    public static async Task<(SlackSocket Socket, Frame.Hello Hello)> OpenAsync(Uri address, Deliveries deliveries, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var socket = new SlackSocket(await MessageSocket.OpenAsync(address, SlackClient.UserAgent, Ping, ConnectWithin, time, cancellationToken), deliveries, time, logger);
        try
        {
            var hello = await socket._hello.Task.WaitAsync(HelloWithin, time, cancellationToken) ?? throw new WebSocketException("it was closed before the hello");
            socket.Since = time.GetUtcNow();
            return (socket, hello);
        }
        catch
        {
            await socket.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes on until Slack closes it, for some seconds at most, and closes it then.</summary>
    public async Task RetireAsync(CancellationToken stop)
    {
        try
        {
            await _received.WaitAsync(Lingers, _time, stop);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Slack leaves it to us.
        }

        await DisposeAsync();
    }

    /// <summary>Says good-bye, so that Slack counts it no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _socket.CloseAsync((int)WebSocketCloseStatus.NormalClosure);
        await _abort.CancelAsync();
        await _received;
        _socket.Dispose();
        _abort.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_abort.Token) is { } message)
            {
                using (message)
                {
                    Take(message.IsTooLong ? new Frame.Unknown("too long") : Frame.Read(message.Bytes));
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // Broken, or broken off by us.
        }
        finally
        {
            _hello.TrySetResult(null);
            _leaving.TrySetResult(Leaving.Ended);
        }
    }

    private void Take(Frame frame)
    {
        switch (frame)
        {
            case Frame.Hello hello:
                _hello.TrySetResult(hello);
                break;
            case Frame.Disconnect(var reason):
                Log.Leaves(_logger, reason.ReplaceLineEndings(" "));
                _leaving.TrySetResult(reason switch
                {
                    "link_disabled" => Leaving.Disabled,
                    "too_many_websockets" => Leaving.Crowded,
                    _ => Leaving.Refresh,
                });
                break;
            case Frame.Envelope(var id, var delivery):
                _deliveries.Take(delivery, payload => AcknowledgeAsync(id, payload));
                break;
            case Frame.Unknown(var type):
                Log.Unknown(_logger, type.ReplaceLineEndings(" "));
                break;
        }
    }

    private async Task<bool> AcknowledgeAsync(string envelope, JsonObject? payload)
    {
        try
        {
            await _socket.SendAsync(new Acknowledgement(envelope, payload), SlackJson.Default.Acknowledgement);
            return true;
        }
        catch (Exception exception) when (exception is WebSocketException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            Log.TooLate(_logger);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Slack wants a connection to end ({Reason})")]
        public static partial void Leaves(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Slack sent something that is passed over ({Type})")]
        public static partial void Unknown(ILogger logger, string type);

        [LoggerMessage(3, LogLevel.Warning, "A connection to Slack ended before what it brought was acknowledged")]
        public static partial void TooLate(ILogger logger);
    }
}
