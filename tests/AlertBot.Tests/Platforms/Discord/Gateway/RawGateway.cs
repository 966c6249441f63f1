using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Tests.Platforms.Discord.Gateway;

/// <summary>A WebSocket that sends whatever the test says, such as no Discord would, and keeps what it is told.</summary>
internal sealed class RawGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string[] _greeting;

    private RawGateway(WebApplication app, string[] greeting) => (_app, _greeting) = (app, greeting);

    public Uri Url { get; private set; } = null!;

    /// <summary>What the bot sent, over all connections.</summary>
    public Channel<string> Told { get; } = Channel.CreateUnbounded<string>();

    /// <param name="greeting">Sent to each connection as it opens.</param>
    public static async Task<RawGateway> StartAsync(params string[] greeting)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var gateway = new RawGateway(builder.Build(), greeting);
        gateway._app.UseWebSockets();
        gateway._app.Run(gateway.ServeAsync);
        await gateway._app.StartAsync(TestContext.Current.CancellationToken);
        gateway.Url = new Uri(gateway._app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal));
        return gateway;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        foreach (var text in _greeting)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, context.RequestAborted);
        }

        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } part)
        {
            await Told.Writer.WriteAsync(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }
}
