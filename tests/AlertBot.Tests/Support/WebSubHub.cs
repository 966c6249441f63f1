using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AlertBot.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Support;

/// <summary>A WebSub hub on loopback: it keeps what it was asked for, and the test says when it verifies, denies and pushes.</summary>
internal sealed class WebSubHub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebSubHub(WebApplication app) => _app = app;

    public ConcurrentQueue<HubRequest> Requests { get; } = [];

    public int Status { get; set; } = StatusCodes.Status202Accepted;

    /// <summary>Verifies before it answers, as the fastest hubs do.</summary>
    public bool IsHasty { get; set; }

    public Uri Address => new(_app.Urls.Single());

    public HubRequest Last => Requests.Last();

    /// <summary>Where callbacks lead in truth, behind the public address.</summary>
    public HubHost? Bot { get; set; }

    public static async Task<WebSubHub> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var hub = new WebSubHub(builder.Build());
        hub._app.MapPost("/", hub.AskedAsync);
        hub._app.MapPost("/moved", context =>
        {
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = "/";
            return Task.CompletedTask;
        });
        await hub._app.StartAsync();
        return hub;
    }

    /// <summary>Asks whether the bot wants what it asked for.</summary>
    /// <param name="request">The request that it came with.</param>
    public Task<TestAnswer> VerifyAsync(HubRequest request, string? mode = null, string? topic = null, int? lease = 864_000, string challenge = "a challenge", string? reason = null)
    {
        var query = new Dictionary<string, string?> { ["hub.mode"] = mode ?? request.Mode, ["hub.topic"] = topic ?? request.Topic };
        if (mode != "denied")
        {
            query["hub.challenge"] = challenge;
            query["hub.lease_seconds"] = lease?.ToString(null, null);
        }

        query["hub.reason"] = reason;
        return Bot!.Http.GetAsync(QueryHelpers.AddQueryString(request.Path, query.Where(q => q.Value is not null)));
    }

    /// <summary>Pushes a document, signed unless the test gives a signature of its own.</summary>
    public Task<TestAnswer> PushAsync(HubRequest request, string body, string method = "sha256", string? signature = null) =>
        Bot!.Http.SendAsync(HttpMethod.Post, request.Path, new StringContent(body), ("X-Hub-Signature", signature ?? $"{method}={Signed(request.Secret!, body, method)}"));

    public static string Signed(string secret, string body, string method)
    {
        var (key, bytes) = (Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body));
        return Convert.ToHexStringLower(method switch
        {
#pragma warning disable CA5350 // What hubs sign with.
            "sha1" => HMACSHA1.HashData(key, bytes),
#pragma warning restore CA5350
            "sha384" => HMACSHA384.HashData(key, bytes),
            "sha512" => HMACSHA512.HashData(key, bytes),
            _ => HMACSHA256.HashData(key, bytes),
        });
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AskedAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var request = new HubRequest(form["hub.mode"]!, form["hub.topic"]!, form["hub.callback"]!, form["hub.secret"], form["hub.lease_seconds"]);
        Requests.Enqueue(request);
        if (IsHasty)
        {
            await VerifyAsync(request);
        }

        context.Response.StatusCode = Status;
    }
}

internal sealed record HubRequest(string Mode, string Topic, string Callback, string? Secret, string? Lease)
{
    // What stands in front of the bot takes its own part of the path away.
    public string Path => new Uri(Callback).AbsolutePath["/in".Length..];
}

/// <summary>The bot as hubs reach it over HTTP, on a harness's database and clock.</summary>
internal sealed class HubHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HubHost(WebApplication app)
    {
        _app = app;
        Http = new TestHttp(new Uri(app.Urls.Single()));
    }

    public TestHttp Http { get; }

    public static async Task<HubHost> StartAsync(BotHarness bot)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddAlertBot(bot.Settings);
        BotHarness.WithoutSchedule(builder.Services);
        builder.Services.AddSingleton<TimeProvider>(bot.Time);
        var app = builder.Build();
        app.MapHubs();
        await app.StartAsync(bot.Token);
        return new HubHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
