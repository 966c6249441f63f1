using AlertBot.Emulators.Slack.World;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Slack.Sockets;

/// <summary>Serves the sockets of Socket Mode.</summary>
internal sealed class SocketServer(SlackWorld world, SocketHub hub, Changes changes)
{
    public const string Path = "/link";

    public async Task ServeAsync(HttpContext context)
    {
        bool isGood;
        lock (world.Gate)
        {
            isGood = context.WebSockets.IsWebSocketRequest && hub.Redeem(context.Request.Query["ticket"]);
        }

        if (!isGood)
        {
            context.Response.StatusCode = 408;
            return;
        }

        var connection = new SlackConnection(context);
        using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        lock (world.Gate)
        {
            hub.Attach(connection);
        }

        changes.Raise();
        await connection.RunAsync(socket, text => Receive(connection, text)).ConfigureAwait(false);
        lock (world.Gate)
        {
            hub.Detach(connection);
        }

        changes.Raise();
    }

    private void Receive(SlackConnection connection, string text)
    {
        lock (world.Gate)
        {
            hub.Receive(connection, text);
        }

        changes.Raise();
    }
}
