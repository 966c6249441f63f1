using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack;
using AlertBot.Emulators.Slack.Interactions;
using AlertBot.Emulators.Slack.Rules;
using AlertBot.Platforms.Slack;
using AlertBot.Platforms.Slack.Http;
using AlertBot.Platforms.Slack.Interactions;
using AlertBot.Platforms.Slack.Sockets;
using AlertBot.Platforms.Slack.Workspaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AlertBot.Tests.Support;

/// <summary>
/// The whole bot with its two sockets to a Slack of its own on the same clock, or called by it over HTTP. What the bot
/// starts for Slack runs; the schedule does not: the test polls and delivers. At its end nothing may have broken Slack's rules, called anybody or
/// unfurled a link.
/// </summary>
internal sealed class SlackBot : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _worked;
    private IReadOnlyList<IHostedService> _running = [];
    private SlackHost? _host;

    private SlackBot(BotHarness bot, SlackEmulator slack, ConcurrentDictionary<string, TaskCompletionSource> worked) => (Bot, Slack, _worked) = (bot, slack, worked);

    public BotHarness Bot { get; }

    public SlackEmulator Slack { get; }

    public WatchedTime Time => Bot.Time;

    /// <summary>Where a workspace begins to install the app; only over HTTP.</summary>
    public Uri Install => new(_host!.Address, InstallPages.StartPath);

    public CancellationToken Token => Bot.Token;

    /// <param name="options">Without a clock: it is the harness's.</param>
    public static async Task<SlackBot> StartAsync(SlackEmulatorOptions? options = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var time = new WatchedTime();
        var slack = await SlackEmulator.StartAsync((options ?? new SlackEmulatorOptions()) with { Clock = time }, TestContext.Current.CancellationToken);
        var all = new Dictionary<string, string?>
        {
            ["Slack:BotToken"] = slack.BotToken,
            ["Slack:AppToken"] = slack.AppToken,
            ["Slack:SigningSecret"] = slack.SigningSecret,
            ["Slack:ApiBase"] = slack.ApiBase.AbsoluteUri,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            all[name] = value;
        }

        var worked = new ConcurrentDictionary<string, TaskCompletionSource>();
        var bot = new SlackBot(await BotHarness.StartAsync(all, time, services => services.AddSingleton(p => Told(p.GetRequiredService<DeliveryHandler>(), worked))), slack, worked);
        await bot.SignOnAsync();
        return bot;
    }

    public T Get<T>()
        where T : notnull => Bot.Get<T>();

    /// <summary>Starts what the bot runs for Slack, and waits until Slack can tell it something.</summary>
    public async Task SignOnAsync()
    {
        _running = [.. Bot.Get<IEnumerable<IHostedService>>().Where(s => s.GetType().Namespace!.StartsWith("AlertBot.Platforms.Slack", StringComparison.Ordinal))];
        foreach (var service in _running)
        {
            await service.StartAsync(Token);
        }

        await Get<ConfiguredToken>().AskAsync(Token);
        if (Get<SlackOptions>().IsHttp)
        {
            _host = await SlackHost.StartAsync(Bot, Get<HandleDelivery>());
            Slack.RequestUrl = new Uri(_host.Address, EventsEndpoint.Path);
            return;
        }

        await MoveUntilAsync(s => s.Stats.Open == 2 && Get<SocketState>().Open == 2);
    }

    public async Task StopAsync()
    {
        foreach (var service in _running.Reverse())
        {
            await service.StopAsync(Token);
        }

        _running = [];
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        _host = null;
    }

    /// <summary>Ends the bot in good order and starts it anew on the same database.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await Slack.WaitForAsync(s => s.Stats.Open == 0, Limit, Token);
        await Bot.RestartAsync();
        await SignOnAsync();
    }

    /// <summary>Lets a person do something, and waits until the bot has worked it off.</summary>
    public async Task<SlackInteraction> DoAsync(Func<SlackEmulator, SlackInteraction> act)
    {
        var interaction = act(Slack);
        await Task.WhenAll(Worked(interaction), interaction.Acknowledged).WaitAsync(Limit, Token);
        return interaction;
    }

    /// <summary>Ends when the bot has worked it off.</summary>
    public Task Worked(SlackInteraction interaction) => _worked.GetOrAdd(KeyOf(interaction.TriggerId, interaction.Id), _ => Fresh()).Task;

    /// <summary>Moves the clock in steps, of half a second if nothing else is said, each time letting the bot do what became due, until Slack has seen something.</summary>
    public async Task MoveUntilAsync(Func<SlackEmulator, bool> condition, TimeSpan? step = null)
    {
        for (var moves = 0; !condition(Slack); moves++)
        {
            Assert.True(moves < 5_000, "It never came.");
            try
            {
                await Slack.WaitForAsync(condition, TimeSpan.FromMilliseconds(50), Token);
            }
            catch (TimeoutException)
            {
                Time.Advance(step ?? TimeSpan.FromSeconds(0.5));
            }
        }
    }

    /// <summary>The user groups that messages may call: none, unless the test says so.</summary>
    public HashSet<string> MayCall { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        var (violations, requests) = (Slack.Violations, Slack.Requests);
        await Bot.DisposeAsync();
        await Slack.DisposeAsync();
        Assert.Empty(violations);
        var shown = requests.Select(r => (r.Method, Arguments: JsonNode.Parse(r.Arguments.GetRawText())!)).Where(r => r.Arguments["blocks"] is not null || r.Arguments["view"] is not null).ToList();
        Assert.DoesNotContain(shown.SelectMany(r => SlackMrkdwn.ActsOf(r.Arguments)), a => a.StartsWith("mention", StringComparison.Ordinal) && !MayCall.Any(g => a == $"mention <!subteam^{g}>"));
        Assert.All(shown.Where(r => r.Method is "chat.postMessage" or "response_url"), r => Assert.Empty(MessageRules.House(r.Arguments)));
    }

    private static HandleDelivery Told(DeliveryHandler handler, ConcurrentDictionary<string, TaskCompletionSource> worked) => async (delivery, acknowledge, cancellationToken) =>
    {
        try
        {
            await handler.HandleAsync(delivery, acknowledge, cancellationToken);
        }
        finally
        {
            worked.GetOrAdd(KeyOf(delivery.Payload.Text("trigger_id"), delivery.Payload.Text("event_id")), _ => Fresh()).TrySetResult();
        }
    };

    private static string KeyOf(string trigger, string id) => trigger.Length > 0 ? trigger : id;

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
