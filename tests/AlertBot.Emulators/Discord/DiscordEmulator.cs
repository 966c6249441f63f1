using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Control;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Discord.Gateway;
using AlertBot.Emulators.Discord.Interactions;
using AlertBot.Emulators.Discord.Rest;
using AlertBot.Emulators.Discord.World;
using AlertBot.Emulators.Faults;
using Microsoft.AspNetCore.Builder;

namespace AlertBot.Emulators.Discord;

/// <summary>
/// A Discord on this machine: REST, gateway, interactions over both, and every fault of them on demand. One guild with one channel
/// and one person is there from the start. All members may be used from any thread.
/// </summary>
public sealed partial class DiscordEmulator : IAsyncDisposable
{
    private readonly DiscordWorld _world;
    private readonly Changes _changes = new();
    private readonly FaultBook _faults = new();
    private readonly GatewayAddresses _addresses = new();
    private readonly GatewayHub _hub;
    private readonly GatewayEvents _events;
    private readonly SessionStarts _starts;
    private readonly MessageWriter _writer;
    private readonly CommandShelf _commands;
    private readonly InteractionDesk _desk;
    private readonly InteractionPayload _payload;
    private readonly SignedDelivery _delivery;
    private readonly RateLimits _limits;
    private readonly RequestLog _log;
    private readonly DiscordChannel _channel;
    private WebApplication? _app;

    private DiscordEmulator(DiscordEmulatorOptions options)
    {
        _world = new DiscordWorld(options);
        var guild = _world.AddGuild("The newsroom", "1100000000000000010", "en-US");
        _channel = _world.AddChannel(guild, DiscordChannel.Text, new DiscordChannelOptions { Id = "1100000000000000020" });
        _hub = new GatewayHub(_changes);
        _events = new GatewayEvents(_world, _hub);
        _starts = new SessionStarts(_world);
        _writer = new MessageWriter(_world);
        _commands = new CommandShelf(_world);
        _desk = new InteractionDesk(_world, _writer, _events);
        _payload = new InteractionPayload(_world, _commands);
        _delivery = new SignedDelivery(options.SigningSeed, options.Clock);
        _limits = new RateLimits(_world);
        _log = new RequestLog(_world, options.OpenApiFile is { } file ? DiscordSpecDeviations.Read(file) : null);
    }

    /// <summary>With /v10 after it, the base of all REST routes.</summary>
    public Uri ApiBase => new(_world.Origin, "api");

    public Uri ControlBase => new(_world.Origin, "_control");

    public Uri Origin => _world.Origin;

    public DiscordEmulatorOptions Options => _world.Options;

    public string Token => _world.Token;

    public string ApplicationId => Options.ApplicationId;

    public string BotUserId => Options.BotUserId;

    public string GuildId => _channel.GuildId!;

    public string ChannelId => _channel.Id;

    public string UserId => Options.UserId;

    /// <summary>Of HTTP interactions.</summary>
    public string PublicKeyHex => _delivery.PublicKeyHex;

    public IReadOnlyList<DiscordRequest> Requests => _log.Requests;

    /// <summary>Requests that broke the published description; those that begin with "answer:" are the emulator's own answers.</summary>
    public IReadOnlyList<string> Violations => _log.Violations;

    /// <summary>Whether <see cref="Violations"/> is looked for at all.</summary>
    public bool ChecksSchema => Options.OpenApiFile is not null;

    public DiscordStats Stats
    {
        get
        {
            lock (_world.Gate)
            {
                return new DiscordStats(
                    _hub.Connected, _hub.ConnectedToResume, _hub.Connections.Count, _hub.Identifies, _hub.Resumes, _hub.MisplacedResumes, _hub.Heartbeats, _log.Arrived, _starts.Left, _limits.InvalidRequests, _limits.Breaches);
            }
        }
    }

    /// <summary>Codes that sockets ended with, in order; 0 stands for a cut.</summary>
    public IReadOnlyList<int> SocketCloses => Locked(() => _hub.Closes.ToList());

    public static async Task<DiscordEmulator> StartAsync(DiscordEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var emulator = new DiscordEmulator(options ?? new DiscordEmulatorOptions());
        var gateway = new GatewayServer(emulator._world, emulator._hub, emulator._addresses, emulator._starts, emulator._faults, emulator._changes);
        var rest = new RestServer(emulator._world, emulator.Routes(), emulator._limits, emulator._faults, emulator._log, emulator._changes);
        (emulator._app, emulator._world.Origin) = await DiscordListener.StartAsync(emulator._world, rest, gateway, new ControlPlane(emulator), cancellationToken).ConfigureAwait(false);
        emulator._addresses.Listen(emulator._world.Origin);
        return emulator;
    }

    /// <summary>Waits until the condition holds, looking again at every change. The limit runs on the real clock.</summary>
    public Task WaitForAsync(Func<DiscordEmulator, bool> condition, TimeSpan limit, CancellationToken cancellationToken = default) =>
        _changes.UntilAsync(() => condition(this), limit, Describe, cancellationToken);

    /// <summary>Messages that are there now, oldest first; ephemeral ones are with their interaction.</summary>
    public IReadOnlyList<JsonElement> Messages(string channelId) =>
        Locked(() => _world.Channels.TryGetValue(channelId, out var channel) ? channel.Messages.Select(message => message.Json.Frozen()).ToList() : []);

    /// <summary>A channel as REST answers it; null where it is gone.</summary>
    public JsonElement? Channel(string channelId) =>
        Locked<JsonElement?>(() => _world.Channels.TryGetValue(channelId, out var channel) ? DiscordJson.Channel(_world, channel).Frozen() : null);

    /// <summary>Registered commands.</summary>
    /// <param name="guildId">Null for the global ones.</param>
    public IReadOnlyList<JsonElement> Commands(string? guildId = null) => Locked(() => _commands.Of(guildId).Select(command => command.Frozen()).ToList());

    /// <summary>Sends any event to the sessions of a guild's shard; without a guild to shard 0.</summary>
    /// <returns>How many sessions got it.</returns>
    public int Dispatch(string name, JsonObject data, string? guildId = null) => Change(() => _hub.Publish(name, data, guildId, Intents.None));

    /// <summary>Sends an interaction over the gateway.</summary>
    public DiscordInteraction SendInteraction(InteractionSpec spec) => Change(() =>
    {
        var interaction = _desk.Make(spec, _channel);
        interaction.Delivered = _hub.Publish("INTERACTION_CREATE", _payload.Write(interaction), interaction.Channel.GuildId, Intents.None) > 0;
        return interaction;
    });

    /// <summary>Sends an interaction over the gateway and waits for its first answer.</summary>
    public async Task<DiscordInteraction> SendInteractionAsync(InteractionSpec spec, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        var interaction = SendInteraction(spec);
        await _changes.UntilAsync(() => interaction.CallbackType is not null, limit, () => $"no answer to {spec.Kind} {spec.Name}{spec.CustomId}; {Describe()}", cancellationToken).ConfigureAwait(false);
        return interaction;
    }

    /// <summary>Sends the same interaction again over the gateway, as may happen.</summary>
    public void Repeat(DiscordInteraction interaction) => Change(() => _hub.Publish("INTERACTION_CREATE", _payload.Write(interaction), interaction.Channel.GuildId, Intents.None));

    public DiscordInteraction? Interaction(string id) => Locked(() => _desk.Find(id));

    /// <summary>Posts a signed interaction to the bot's endpoint and takes its body as the first answer.</summary>
    public async Task<HttpDelivery> SendHttpInteractionAsync(Uri address, InteractionSpec spec, DeliveryFlaw flaw = DeliveryFlaw.None, CancellationToken cancellationToken = default)
    {
        var (interaction, body) = Change(() =>
        {
            var made = _desk.Make(spec, _channel);
            made.Delivered = true;
            return (made, _payload.Write(made).ToJsonString());
        });
        var (status, text, type) = await _delivery.PostAsync(address, body, flaw, cancellationToken).ConfigureAwait(false);
        return new HttpDelivery(status, text, type, interaction, Change(() => Refusal(interaction, status, text)));
    }

    /// <summary>Posts a PING, as Discord does when the endpoint is entered and at times after.</summary>
    public async Task<HttpDelivery> SendPingAsync(Uri address, DeliveryFlaw flaw = DeliveryFlaw.None, CancellationToken cancellationToken = default)
    {
        var ping = new JsonObject { ["id"] = Change(_world.Ids.Next), ["application_id"] = ApplicationId, ["type"] = 1, ["token"] = "ping", ["version"] = 1, ["user"] = _world.Human.Json() };
        var (status, text, type) = await _delivery.PostAsync(address, ping.ToJsonString(), flaw, cancellationToken).ConfigureAwait(false);
        return new HttpDelivery(status, text, type, null, status == 200 ? null : $"status {status}");
    }

    public void Fault(RestFault fault) => _faults.Add(fault);

    /// <summary>Spoils so many of all requests but those for the gateway, each in one of the ways in which networks and platforms fail.</summary>
    /// <param name="seed">The same gives the same requests.</param>
    public void FailAtRandom(double rate, int seed)
    {
        RestFault[] ways =
        [
            new() { Status = 429, RetryAfter = 0.5 },
            new() { Status = 429, Scope = "shared", RetryAfter = 0.5 },
            new() { Status = 500 },
            new() { Status = 502, AcceptFirst = true },
            new() { Drop = true },
            new() { Drop = true, AcceptFirst = true },
            new() { Delay = TimeSpan.FromSeconds(20) },
        ];
        foreach (var (number, way) in ways.Index())
        {
            Fault(way with { Path = "^(?!/gateway)", Times = int.MaxValue, Rate = rate / ways.Length, Seed = (seed * ways.Length) + number });
        }
    }

    public void Fault(GatewayFault fault) => Change(() => new GatewayFaults(_hub, _faults).Apply(fault));

    /// <summary>Refuses everything until <see cref="ClearFaults"/>; open sockets are cut.</summary>
    public void Begin(Outage outage)
    {
        _faults.Outage = outage;
        Fault(new GatewayFault(GatewayFaultKind.Drop));
    }

    public void ClearFaults() => _faults.Clear();

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            Fault(new GatewayFault(GatewayFaultKind.Drop));
            await _app.DisposeAsync().ConfigureAwait(false);
        }

        _delivery.Dispose();
    }

    private string? Refusal(DiscordInteraction interaction, int status, string text)
    {
        // 202 says that the answer comes by REST.
        if (status is 202)
        {
            return null;
        }

        try
        {
            _desk.Answer(interaction, status == 200 && JsonNode.Parse(text) is JsonObject form ? form : throw new JsonException($"status {status}"), []);
            return null;
        }
        catch (Exception exception) when (exception is JsonException or DiscordError)
        {
            return exception.Message;
        }
    }

    private List<RestRoute> Routes()
    {
        var messages = new MessageRoutes(_world, _writer, _events);
        return
        [
            .. new InstallRoutes(_world, _addresses, _starts, PublicKeyHex).All(),
            .. messages.All(),
            .. new ChannelRoutes(_world, messages, _events).All(),
            .. new CommandRoutes(_world, _commands).All(),
            .. new InteractionRoutes(_world, _desk).All(),
        ];
    }

    private string Describe() => $"{Stats}; the last requests were {string.Join(", ", Requests.TakeLast(10))}; violations: {string.Join(" | ", Violations)}";

    private T Locked<T>(Func<T> read)
    {
        lock (_world.Gate)
        {
            return read();
        }
    }

    private T Change<T>(Func<T> change)
    {
        var result = Locked(change);
        _changes.Raise();
        return result;
    }

    private void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });
}
