using AlertBot.Emulators.Slack.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlertBot.Emulators.Slack;

/// <summary>The web server that all of it is behind.</summary>
internal static class SlackListener
{
    public static async Task<(WebApplication App, Uri Origin)> StartAsync(int port, WebServer web, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context => ServeAsync(context, web));
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        return (app, new Uri(app.Urls.First() + "/"));
    }

    private static async Task ServeAsync(HttpContext context, WebServer web)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal, out var method))
        {
            context.Response.StatusCode = 404;
            return;
        }

        try
        {
            await web.ServeAsync(context, method.Value?.Trim('/') ?? "").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException || context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
    }
}
