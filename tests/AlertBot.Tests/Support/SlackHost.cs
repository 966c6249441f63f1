using System.Net;
using AlertBot.Platforms.Slack;
using AlertBot.Platforms.Slack.Interactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Support;

/// <summary>The bot as Slack and browsers reach it over HTTP, on a harness's database and clock.</summary>
internal sealed class SlackHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SlackHost(WebApplication app)
    {
        _app = app;
        Http = new TestHttp(new Uri(app.Urls.Single()));
    }

    public TestHttp Http { get; }

    public Uri Address => new(_app.Urls.Single());

    /// <param name="handle">What acts on deliveries in place of the bot itself.</param>
    public static async Task<SlackHost> StartAsync(BotHarness bot, HandleDelivery? handle = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddAlertBot(bot.Settings);
        BotHarness.WithoutSchedule(builder.Services);
        builder.Services.AddSingleton<TimeProvider>(bot.Time);
        if (handle is not null)
        {
            builder.Services.AddSingleton(handle);
        }

        var app = builder.Build();
        app.MapSlack();
        await app.StartAsync(bot.Token);
        return new SlackHost(app);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
