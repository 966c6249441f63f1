using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Discord.Interactions;
using AlertBot.Platforms.Discord;
using AlertBot.Platforms.Discord.Gateway;
using AlertBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AlertBot.Tests.Support;

/// <summary>
/// The whole bot, signed on to a Discord of its own on the same clock. What the bot starts for Discord runs; the schedule
/// does not: the test polls and delivers. At its end nothing may have broken Discord's rules or been able to mention anybody.
/// </summary>
internal sealed class DiscordBot : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(25);

    private readonly bool _isSignedOn;
    private IReadOnlyList<IHostedService> _running = [];
    private DateTimeOffset _reachedAt;

    private DiscordBot(BotHarness bot, DiscordEmulator discord, bool isSignedOn) => (Bot, Discord, _isSignedOn) = (bot, discord, isSignedOn);

    public BotHarness Bot { get; }

    public DiscordEmulator Discord { get; }

    public WatchedTime Time => Bot.Time;

    public CancellationToken Token => Bot.Token;

    public string Channel => Discord.ChannelId;

    /// <summary>The roles that messages may call: none, unless the test says so.</summary>
    public HashSet<string> MayCall { get; } = [];

    /// <param name="options">Without a clock: it is the harness's.</param>
    /// <param name="hasJustJoined">The bot joined its server a moment ago instead of long ago.</param>
    /// <param name="isSignedOn">False leaves the services of Discord alone, and with them commands and interactions.</param>
    public static async Task<DiscordBot> StartAsync(
        DiscordEmulatorOptions? options = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? configure = null,
        bool hasJustJoined = false,
        bool isSignedOn = true)
    {
        var time = new WatchedTime();
        var discord = await DiscordEmulator.StartAsync((options ?? new DiscordEmulatorOptions { MissedHeartbeats = 0 }) with { Clock = time }, TestContext.Current.CancellationToken);
        if (!hasJustJoined)
        {
            time.Advance(TimeSpan.FromHours(3));
        }

        var all = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>())
        {
            ["Discord:Token"] = discord.Token,
            ["Discord:PublicKey"] = discord.PublicKeyHex,
            ["Discord:ApiBase"] = discord.ApiBase.AbsoluteUri,
        };
        var harness = new DiscordBot(await BotHarness.StartAsync(all, time, configure), discord, isSignedOn);
        await harness.SignOnAsync();
        return harness;
    }

    public T Get<T>()
        where T : notnull => Bot.Get<T>();

    /// <summary>Ends the bot in good order and starts it anew on the same database.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await Bot.RestartAsync();
        await SignOnAsync();
    }

    /// <summary>Starts the bot anew on a database that its last process left as a kill does: with its leases.</summary>
    public async Task RestartAfterKillAsync()
    {
        await StopAsync();
        await using (var connection = await Get<Database>().OpenAsync(Token))
        {
            await using var command = connection.CreateCommand();
            var until = Time.GetUtcNow().AddSeconds(40).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            command.CommandText = $"""
                UPDATE discord_shards SET owner = 'killed', leased_until = {until};
                INSERT INTO discord_replicas (application, owner, alive_until) SELECT application, 'killed', {until} FROM discord_shards;
                """;
            Assert.Equal(2, await command.ExecuteNonQueryAsync(Token));
        }

        Time.Advance(TestStorage.LeaseOfAKilledOne);
        await Bot.RestartAsync();
        await SignOnAsync();
    }

    /// <summary>Starts what the bot runs for Discord, and waits until interactions reach it and its commands are told.</summary>
    /// <param name="even">Also where the harness was told to leave it alone at its start.</param>
    /// <param name="told">Waits until the commands are told or refused.</param>
    public async Task SignOnAsync(bool even = false, bool told = true)
    {
        if (!_isSignedOn && !even)
        {
            return;
        }

        var before = Discord.Stats;
        _running = [.. Bot.Get<IEnumerable<IHostedService>>().Where(s => s.GetType().Namespace!.StartsWith("AlertBot.Platforms.Discord", StringComparison.Ordinal))];
        foreach (var service in _running)
        {
            await service.StartAsync(Token);
        }

        await Discord.WaitForAsync(d => d.Stats.Identifies + d.Stats.Resumes > before.Identifies + before.Resumes, Limit, Token);
        if (told)
        {
            await _running.OfType<CommandRegistrar>().Single().ExecuteTask!.WaitAsync(Limit, Token);
            _reachedAt = Time.GetUtcNow();
        }
    }

    public async Task StopAsync()
    {
        foreach (var service in _running.Reverse())
        {
            await service.StopAsync(Token);
        }

        _running = [];
    }

    /// <summary>Calls a command as a person does who picks it from Discord's list, and waits for the first answer.</summary>
    public Task<DiscordInteraction> CallAsync(string command, JsonObject? options = null, Func<InteractionSpec, InteractionSpec>? as_ = null) =>
        DoAsync((as_ ?? (s => s))(Spec(InteractionKind.Command, command) with { Options = options ?? [] }));

    public Task<DiscordInteraction> PressAsync(JsonElement message, string customId, Func<InteractionSpec, InteractionSpec>? as_ = null) =>
        DoAsync((as_ ?? (s => s))(new InteractionSpec(InteractionKind.Button) { CustomId = customId, MessageId = message.GetProperty("id").GetString(), ChannelId = message.GetProperty("channel_id").GetString() }));

    /// <summary>Moves the clock in steps until Discord has seen something, each time letting the bot do what became due.</summary>
    public async Task MoveUntilAsync(Func<DiscordEmulator, bool> condition, TimeSpan step)
    {
        for (var moves = 0; !condition(Discord); moves++)
        {
            Assert.True(moves < 10_000, "It never came.");
            Time.Advance(step);
            await SeesSoonAsync(condition);
        }
    }

    /// <summary>Moves the clock as long as something waits on it that the bot has begun.</summary>
    public async Task MoveWhileAsync(Task work)
    {
        for (var moves = 0; !work.IsCompleted; moves++)
        {
            Assert.True(moves < 10_000, "It never ended.");
            try
            {
                await work.WaitAsync(Moment, TimeProvider.System, Token);
            }
            catch (TimeoutException)
            {
                Time.Advance(TimeSpan.FromMilliseconds(work.IsCompleted ? 0 : 250));
            }
        }

        await work;
    }

    private bool IsReady => Discord.Stats.Open == 1 && Get<GatewayState>().Shards is [{ Phase: ShardPhase.Ready }];

    /// <summary>Asks for a heartbeat, and says whether there was a connection that gave it.</summary>
    private async Task<bool> BeatsAsync()
    {
        var beats = Discord.Stats.Heartbeats;
        if (!IsReady)
        {
            return false;
        }

        Discord.Fault(new GatewayFault(GatewayFaultKind.Heartbeat));
        await Discord.WaitForAsync(d => d.Stats.Open == 0 || d.Stats.Heartbeats > beats, Limit, Token);
        return Discord.Stats.Open == 1;
    }

    /// <summary>Lets the bot and Discord settle on what became due, which takes them moments of real time.</summary>
    private async Task SeesSoonAsync(Func<DiscordEmulator, bool> condition)
    {
        try
        {
            await Discord.WaitForAsync(condition, Moment, Token);
        }
        catch (TimeoutException)
        {
            // The clock has to move further.
        }
    }

    public async Task<DiscordInteraction> DoAsync(InteractionSpec spec)
    {
        await ReconnectAsync();
        return await Discord.SendInteractionAsync(spec, Limit, Token);
    }

    /// <summary>
    /// A long step of the clock looks to the gateway like a connection that went dead. Moves the clock until there is
    /// one that answers.
    /// </summary>
    public async Task ReconnectAsync()
    {
        for (var moves = 0; _reachedAt != Time.GetUtcNow(); moves++)
        {
            Assert.True(moves < 10_000, "There was no connection again.");
            // The first may still be one that was on its way when the connection was given up.
            if (await BeatsAsync() && await BeatsAsync())
            {
                _reachedAt = Time.GetUtcNow();
                return;
            }

            Time.Advance(TimeSpan.FromSeconds(1));
            await SeesSoonAsync(_ => IsReady);
        }
    }

    /// <summary>A command by its name of one word or two.</summary>
    public static InteractionSpec Spec(InteractionKind kind, string command)
    {
        var words = command.Split(' ');
        return new InteractionSpec(kind) { Name = words[0], Subcommand = words.Length > 1 ? words[1] : null };
    }

    /// <summary>The alerts that a channel shows, oldest first.</summary>
    public IReadOnlyList<JsonElement> Alerts(string? channel = null) =>
        [.. Discord.Messages(channel ?? Channel).Where(m => Texts(m).Any(t => t.Contains("because this channel follows", StringComparison.Ordinal)))];

    public IReadOnlyList<string> AlertTitles(string? channel = null) => [.. Alerts(channel).Select(TitleOf)];

    public static string TitleOf(JsonElement message) => message.GetProperty("embeds")[0].GetProperty("title").GetString()!;

    public static bool IsPrivate(JsonElement message) => (message.GetProperty("flags").GetInt32() & 64) != 0;

    /// <summary>All text that a message shows or carries.</summary>
    public static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    public static string AllText(JsonElement? message) => message is { } there ? string.Join('\n', Texts(there)) : "";

    /// <summary>The buttons and menus of a message: its own ids by label.</summary>
    public static IReadOnlyList<(string Label, string CustomId)> Buttons(JsonElement message) =>
        [.. Rows(message).Where(c => c.GetProperty("type").GetInt32() == 2).Select(c => (c.GetProperty("label").GetString()!, c.GetProperty("custom_id").GetString()!))];

    public static IEnumerable<JsonElement> Rows(JsonElement message) =>
        message.TryGetProperty("components", out var rows) ? rows.EnumerateArray().SelectMany(r => r.GetProperty("components").EnumerateArray()) : [];

    public static string Button(JsonElement message, string label) => Buttons(message).First(b => b.Label.StartsWith(label, StringComparison.Ordinal)).CustomId;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        var (violations, requests) = (Discord.Violations, Discord.Requests);
        await Bot.DisposeAsync();
        await Discord.DisposeAsync();
        Assert.Empty(violations);
        Assert.DoesNotContain(requests, r => r.Method != "GET" && r.Answer is { } answer && Mentions(answer));
        Assert.All(requests.SelectMany(r => Shown(r.Body)), shown =>
        {
            Assert.True(shown.TryGetProperty("allowed_mentions", out var allowed));
            Assert.Empty(allowed.GetProperty("parse").EnumerateArray());
            Assert.All(allowed.EnumerateObject().Where(p => p.Name != "parse"), p => Assert.Equal("roles", p.Name));
            Assert.Subset(MayCall, Texts(allowed, "roles"));
        });
    }

    private bool Mentions(JsonElement answer) => answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("mention_everyone", out var everyone)
        && (everyone.GetBoolean() || answer.GetProperty("mentions").GetArrayLength() > 0 || !Texts(answer, "mention_roles").IsSubsetOf(MayCall));

    private static HashSet<string> Texts(JsonElement of, string name) => of.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(t => t.GetString()!)] : [];

    /// <summary>What of a request is shown to people: each object that has embeds or content.</summary>
    private static IEnumerable<JsonElement> Shown(JsonElement? body) => body is not { ValueKind: JsonValueKind.Object } form ? []
        : form.TryGetProperty("embeds", out _) || form.TryGetProperty("content", out _) ? [form]
        : form.EnumerateObject().SelectMany(p => Shown(p.Value));
}
