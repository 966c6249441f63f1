using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Support;

/// <summary>A web site on loopback whose answers the test decides; every request is kept.</summary>
internal sealed class FeedSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _pages = new(StringComparer.Ordinal);

    private FeedSite(WebApplication app) => _app = app;

    public ConcurrentQueue<SiteRequest> Requests { get; } = [];

    public IPEndPoint Endpoint { get; private set; } = null!;

    /// <summary>Whether each answer ends its connection, so that the next request needs one of its own.</summary>
    public bool CloseAfterEach { get; set; }

    public static async Task<FeedSite> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, 0);
            k.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
            k.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        builder.Services.AddRoutingCore();
        var site = new FeedSite(builder.Build());
        site._app.Run(site.AnswerAsync);
        await site._app.StartAsync();
        site.Endpoint = IPEndPoint.Parse(new Uri(site._app.Urls.Single()).Authority);
        return site;
    }

    public Uri Address(string path) => new($"http://{Endpoint}{path}");

    public void Serve(string path, string body, string? etag = null) => _pages[path] = async context =>
    {
        if (etag is not null)
        {
            context.Response.Headers.ETag = etag;
        }

        if (etag is not null && context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await context.Response.WriteAsync(body);
    };

    /// <summary>Serves a page with a header.</summary>
    public void ServeWith(string path, string body, string header, string value) => _pages[path] = async context =>
    {
        context.Response.Headers[header] = value;
        await context.Response.WriteAsync(body);
    };

    public void Answer(string path, int status, string? header = null, string? value = null) => _pages[path] = context =>
    {
        context.Response.StatusCode = status;
        if (header is not null)
        {
            context.Response.Headers[header] = value;
        }

        return Task.CompletedTask;
    };

    /// <summary>Answers with whatever the test does.</summary>
    public void Handle(string path, Func<HttpContext, Task> answer) => _pages[path] = answer;

    /// <summary>Ends the connection without a word.</summary>
    public void HangUp(string path) => _pages[path] = context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue(new SiteRequest(context.Request.Path, context.Request.Headers.IfNoneMatch, context.Request.Headers.UserAgent)
        {
            Headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        });
        if (CloseAfterEach)
        {
            context.Response.Headers.Connection = "close";
        }

        if (_pages.TryGetValue($"{context.Request.Path}{context.Request.QueryString}", out var page) || _pages.TryGetValue(context.Request.Path, out page))
        {
            return page(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

internal sealed record SiteRequest(string Path, string? IfNoneMatch, string? UserAgent)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
