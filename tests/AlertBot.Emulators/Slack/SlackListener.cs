using AlertBot.Emulators.Slack.Control;
using AlertBot.Emulators.Slack.Install;
using AlertBot.Emulators.Slack.Interactions;
using AlertBot.Emulators.Slack.Sockets;
using AlertBot.Emulators.Slack.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlertBot.Emulators.Slack;

/// <summary>The web server that all of it is behind.</summary>
internal sealed class SlackListener(WebServer web, SocketServer sockets, ResponseServer responses, FileMethods files, InstallDesk installs, ControlPlane control)
{
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(5);

    public async Task<(WebApplication App, Uri Origin)> StartAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Ping, KeepAliveTimeout = 4 * Ping });
        app.Run(ServeAsync);
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        return (app, new Uri(app.Urls.First() + "/"));
    }

    private async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        try
        {
            if (path.StartsWithSegments("/api", StringComparison.Ordinal, out var method))
            {
                await web.ServeAsync(context, method.Value?.Trim('/') ?? "").ConfigureAwait(false);
            }
            else if (path.StartsWithSegments("/response", StringComparison.Ordinal, out var id))
            {
                await responses.ServeAsync(context, id.Value?.Trim('/') ?? "").ConfigureAwait(false);
            }
            else if (path.StartsWithSegments(FileMethods.Path, StringComparison.Ordinal, out var file))
            {
                await files.ServeAsync(context, file.Value?.Trim('/') ?? "").ConfigureAwait(false);
            }
            else if (path.StartsWithSegments(FileMethods.DownloadPath, StringComparison.Ordinal, out var given))
            {
                await files.ServeDownloadAsync(context, given.Value?.Trim('/') ?? "").ConfigureAwait(false);
            }
            else if (path == InstallDesk.Path)
            {
                await installs.ServeAsync(context).ConfigureAwait(false);
            }
            else if (path.StartsWithSegments(SocketServer.Path, StringComparison.Ordinal))
            {
                await sockets.ServeAsync(context).ConfigureAwait(false);
            }
            else if (path.StartsWithSegments("/_control", StringComparison.Ordinal, out var rest))
            {
                await control.ServeAsync(context, rest.Value ?? "").ConfigureAwait(false);
            }
            else
            {
                context.Response.StatusCode = 404;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException || context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
    }
}
