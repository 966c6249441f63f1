using AlertBot.Emulators.Discord.Control;
using AlertBot.Emulators.Discord.Gateway;
using AlertBot.Emulators.Discord.Rest;
using AlertBot.Emulators.Discord.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlertBot.Emulators.Discord;

/// <summary>The web server that all of it is behind.</summary>
internal static class DiscordListener
{
    public static async Task<(WebApplication App, Uri Origin)> StartAsync(DiscordWorld world, RestServer rest, GatewayServer gateway, ControlPlane control, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{world.Options.Port}").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 4 * RequestReader.MostBytes);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.Logging.ClearProviders();
        var app = builder.Build();

        // WebSocket pings are left out: the gateway has heartbeats.
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        app.Run(context => ServeAsync(context, world, rest, gateway, control));
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        return (app, new Uri(app.Urls.First() + "/"));
    }

    private static async Task ServeAsync(HttpContext context, DiscordWorld world, RestServer rest, GatewayServer gateway, ControlPlane control)
    {
        var path = context.Request.Path;
        try
        {
            if (context.WebSockets.IsWebSocketRequest && (path.StartsWithSegments(GatewayAddresses.FirstPath, StringComparison.Ordinal) || path.StartsWithSegments(GatewayAddresses.ResumePath, StringComparison.Ordinal)))
            {
                await gateway.ServeAsync(context).ConfigureAwait(false);
            }
            else if (path.StartsWithSegments("/api", StringComparison.Ordinal, out var route))
            {
                await rest.ServeAsync(context, route.Value ?? "").ConfigureAwait(false);
            }
            else if (path.StartsWithSegments("/_control", StringComparison.Ordinal, out var control1))
            {
                await control.ServeAsync(context, control1.Value ?? "").ConfigureAwait(false);
            }
            else
            {
                await ServeFileAsync(context, world).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException || context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
    }

    private static async Task ServeFileAsync(HttpContext context, DiscordWorld world)
    {
        (string Type, byte[] Bytes) file;
        bool found;
        lock (world.Gate)
        {
            found = world.Files.TryGetValue(context.Request.Path.ToUriComponent(), out file);
        }

        context.Response.StatusCode = found ? 200 : 404;
        if (found)
        {
            context.Response.ContentType = file.Type;
            await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
