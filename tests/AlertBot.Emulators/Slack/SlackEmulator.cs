using System.Text.Json;
using AlertBot.Emulators.Faults;
using AlertBot.Emulators.Slack.Control;
using AlertBot.Emulators.Slack.Faults;
using AlertBot.Emulators.Slack.Install;
using AlertBot.Emulators.Slack.Interactions;
using AlertBot.Emulators.Slack.Sockets;
using AlertBot.Emulators.Slack.Web;
using AlertBot.Emulators.Slack.World;
using Microsoft.AspNetCore.Builder;

namespace AlertBot.Emulators.Slack;

/// <summary>A Slack workspace on this machine: Web API, Socket Mode, interactions, forms and Home pages, with every fault on demand. All members may be used from any thread.</summary>
public sealed partial class SlackEmulator : IAsyncDisposable
{
    private readonly SlackWorld _world;
    private readonly Changes _changes = new();
    private readonly WebFaults _faults = new();
    private readonly SlackLog _log;
    private readonly ChatMethods _chat;
    private readonly ViewStack _views;
    private readonly SlackDesk _desk;
    private readonly SocketHub _hub;
    private readonly SignedPost _post;
    private readonly FileMethods _files;
    private readonly InstallDesk _installs;
    private readonly SendLimits _limits;
    private WebApplication? _app;

    private SlackEmulator(SlackEmulatorOptions options)
    {
        _world = new SlackWorld(options);
        _log = new SlackLog(_world);
        _chat = new ChatMethods(_world);
        _views = new ViewStack(_world);
        _desk = new SlackDesk(_world, _chat, _views, _log);
        _hub = new SocketHub(_world, _desk, _log);
        _files = new FileMethods(_world);
        _installs = new InstallDesk(_world);
        _limits = new SendLimits(_world);
        _post = new SignedPost(options.SigningSecret, options.Clock);
    }

    /// <summary>With a method's name after it, the address of that method.</summary>
    public Uri ApiBase => new(_world.Origin, "api/");

    public Uri ControlBase => new(_world.Origin, "_control");

    public SlackEmulatorOptions Options => _world.Options;

    public string BotToken => Options.BotToken;

    public string AppToken => Options.AppToken;

    public string TeamId => _world.TeamId;

    public string BotUserId => _world.Bot.Id;

    /// <summary>A plain member.</summary>
    public string UserId => _world.Human.Id;

    public string AdminId => _world.Admin.Id;

    public string ChannelId => _world.Channel.Id;

    public string PrivateChannelId => _world.Private.Id;

    /// <summary>A public channel that the bot is not in.</summary>
    public string OtherChannelId => _world.Other.Id;

    public string ArchivedChannelId => _world.Archived.Id;

    public IReadOnlyList<SlackRequest> Requests => _log.Requests;

    /// <summary>Rules of messages and views that requests broke.</summary>
    public IReadOnlyList<string> Violations => _log.Violations;

    public static async Task<SlackEmulator> StartAsync(SlackEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var emulator = new SlackEmulator(options ?? new SlackEmulatorOptions());
        var (world, changes) = (emulator._world, emulator._changes);
        WebMethod[] methods = [.. emulator._chat.All(), .. new TeamMethods(world).All(), .. new ViewMethods(world, emulator._desk, emulator._views).All(), .. emulator._hub.All(), .. emulator._files.All(), .. emulator._installs.All()];
        var web = new WebServer(world, methods, emulator._limits, emulator._faults, emulator._log, changes);
        var listener = new SlackListener(web, new SocketServer(world, emulator._hub, changes), new ResponseServer(world, emulator._desk, emulator._log, changes), emulator._files, emulator._installs, new ControlPlane(emulator));
        (emulator._app, world.Origin) = await listener.StartAsync(emulator.Options.Port, cancellationToken).ConfigureAwait(false);
        return emulator;
    }

    /// <summary>Waits until the condition holds, looking again at every change. The limit runs on the real clock.</summary>
    public Task WaitForAsync(Func<SlackEmulator, bool> condition, TimeSpan limit, CancellationToken cancellationToken = default) =>
        _changes.UntilAsync(() => condition(this), limit, () => $"the last requests were {string.Join(", ", Requests.TakeLast(10))}; violations: {string.Join(" | ", Violations)}", cancellationToken);

    /// <summary>Messages that are there now, oldest first; of a user's id those of the direct channel.</summary>
    public IReadOnlyList<JsonElement> Messages(string channel) => Locked(() => (Find(channel)?.Messages ?? []).ConvertAll(message => message.Frozen()));

    /// <summary>The Home view that a person sees; null where none was published.</summary>
    public JsonElement? Home(string user) => Locked(() => _world.Homes.GetValueOrDefault(user)?.Frozen());

    public void Fault(WebFault fault) => _faults.Add(fault);

    /// <summary>Spoils so many of all calls that show, read or look something up, each in one of the ways in which networks and platforms fail.</summary>
    /// <param name="seed">The same gives the same calls.</param>
    public void FailAtRandom(double rate, int seed)
    {
        WebFault[] ways =
        [
            new() { Status = 429, RetryAfter = 1 },
            new() { Status = 500 },
            new() { Status = 200, Error = "service_unavailable" },
            new() { Status = 502, AcceptFirst = true },
            new() { Drop = true },
            new() { Drop = true, AcceptFirst = true },
            new() { Delay = TimeSpan.FromSeconds(15) },
        ];
        string[] methods = ["chat.postMessage", "conversations.history", "conversations.replies"];
        foreach (var (number, (way, method)) in ways.SelectMany(way => methods.Select(method => (way, method))).Index())
        {
            Fault(way with { Method = method, Times = int.MaxValue, Rate = rate / ways.Length, Seed = (seed * ways.Length * methods.Length) + number });
        }
    }

    /// <summary>Answers this error to every call with the bot's token, until <see cref="ClearFaults"/>.</summary>
    public void Revoke(string error = "token_revoked") => _faults.Revoked = error;

    /// <summary>Refuses everything until <see cref="ClearFaults"/>.</summary>
    public void Begin(Outage outage) => _faults.Outage = outage;

    public void ClearFaults()
    {
        _faults.Clear();
        Locked(_hub.ClearFaults);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync().ConfigureAwait(false);
        }

        _post.Dispose();
    }
}
