using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord;
using AlertBot.Platforms.Discord.Gateway;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AlertBot.Tests.Platforms.Discord.Gateway;

/// <summary>
/// The gateway client against the emulated Discord, both on a clock that the test moves. It moves only while nothing else
/// happens, so that hours pass in a moment and no time-out strikes because the machine is slow.
/// </summary>
internal sealed class GatewayBench : IAsyncDisposable
{
    // Looks, not time: a machine that is slow for the bot is as slow for us.
    private const int LooksForQuiet = 12;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("alertbot-test-").FullName;
    private readonly List<Replica> _replicas = [];

    private GatewayBench()
    {
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 6, 3, 9, 0, 0, TimeSpan.Zero));

    public DiscordEmulator Discord { get; private set; } = null!;

    public DiscordStats Stats => Discord.Stats;

    public Database Database { get; private set; } = null!;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<GatewayBench> StartAsync(Func<DiscordEmulatorOptions, DiscordEmulatorOptions>? options = null)
    {
        var bench = new GatewayBench();
        var usual = new DiscordEmulatorOptions { Clock = bench.Time, CheckSocketUserAgent = true };
        bench.Discord = await DiscordEmulator.StartAsync(options?.Invoke(usual) ?? usual, Token);
        bench.Database = new SqliteDatabase(Path.Combine(bench._folder, "bot.db"));
        await new Migrator(bench.Database, bench.Time).MigrateAsync(Token);
        return bench;
    }

    /// <summary>Starts a bot on the bench's database.</summary>
    /// <param name="time">Its own clock, where it is to stand still while Discord's goes on.</param>
    /// <param name="url">Another gateway than the emulator's.</param>
    public async Task<Replica> ReplicaAsync(
        Func<GatewaySettings, GatewaySettings>? settings = null, Action<GatewayEvent>? handler = null, TimeProvider? time = null, Uri? url = null)
    {
        var usual = new GatewaySettings(Discord.Token, "DiscordBot (https://example.org, 1)", 1, null);
        var replica = new Replica(Discord, Database, settings?.Invoke(usual) ?? usual, handler, time ?? Time, url, _replicas.Count);
        _replicas.Add(replica);
        await replica.Gateway.StartAsync(Token);
        return replica;
    }

    /// <summary>Starts a bot and waits until its shards are ready.</summary>
    public async Task<Replica> ReadyAsync(Func<GatewaySettings, GatewaySettings>? settings = null, Action<GatewayEvent>? handler = null)
    {
        var replica = await ReplicaAsync(settings, handler);
        await UntilAsync(() => replica.IsReady);
        return replica;
    }

    /// <summary>Lets Discord tell the bot numbers, each in an event called TEST.</summary>
    public void Say(params IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            Discord.Dispatch("TEST", new JsonObject { ["number"] = number });
        }
    }

    /// <summary>What the bot hears of it.</summary>
    public static string Said(int number) => $$"""{"number":{{number}}}""";

    /// <summary>Lets time pass whenever all is quiet, until the condition holds.</summary>
    /// <param name="step">How much at once; where it is left out, more after a long quiet.</param>
    public async Task UntilAsync(Func<bool> condition, TimeSpan? step = null)
    {
        var (seen, quiet) = (Fingerprint(), 0);
        for (var steps = 0; steps < 2_000; steps++)
        {
            if (await QuietAsync(condition))
            {
                return;
            }

            (seen, quiet) = Fingerprint() is var now && now == seen ? (seen, quiet + 1) : (now, 0);
            Time.Advance(step ?? TimeSpan.FromSeconds(quiet < 15 ? 1 : 5));
        }

        Assert.Fail($"It never came to pass. {Stats}; {string.Join(" | ", _replicas.SelectMany(r => r.Log))}");
    }

    /// <summary>Lets so much time pass, a tenth of a heartbeat interval or more at once.</summary>
    public async Task PassAsync(TimeSpan span, TimeSpan? step = null)
    {
        var end = Time.GetUtcNow() + span;
        await UntilAsync(() => Time.GetUtcNow() >= end, step ?? TimeSpan.FromSeconds(4));
        await QuietAsync(() => false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
            Assert.DoesNotContain(replica.Log, line => line.Contains(Discord.Token, StringComparison.Ordinal));
        }

        await Discord.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Waits until the condition holds, or nothing has happened for a moment and nothing waits for a thread.</summary>
    private async Task<bool> QuietAsync(Func<bool> condition)
    {
        var (seen, looks) = (Fingerprint(), 0);
        while (!condition())
        {
            if (looks == LooksForQuiet)
            {
                return false;
            }

            await Task.Delay(Look, Token);
            var now = Fingerprint();
            looks = now != seen ? 0 : ThreadPool.PendingWorkItemCount == 0 ? looks + 1 : looks;
            seen = now;
        }

        return true;
    }

    private string Fingerprint() =>
        $"{Stats} {string.Join(',', Discord.SocketCloses)} {string.Join(';', _replicas.Select(r => $"{r.Events.Count} {r.Log.Count} {string.Join(',', r.State.Shards.Select(s => s.Phase))}"))}";
}

/// <summary>One process of the bot, as far as the gateway goes.</summary>
internal sealed class Replica : ILogger<DiscordGateway>, IAsyncDisposable
{
    private readonly TestHttp _http;
    private bool _isStopped;

    public Replica(DiscordEmulator discord, Database database, GatewaySettings settings, Action<GatewayEvent>? handler, TimeProvider time, Uri? url, int seed)
    {
        _http = new TestHttp(discord.Origin);
        State = new GatewayState(time);
        Store = new GatewayStore(database, settings, time);
        Gateway = new DiscordGateway(settings, $"replica-{seed}", _ => AskAsync(settings, url), Store, State, Handle, time, new Random(seed), this);

        void Handle(GatewayEvent dispatched)
        {
            handler?.Invoke(dispatched);
            Events.Enqueue((dispatched.Shard, dispatched.Name, Encoding.UTF8.GetString(dispatched.Data.Span)));
        }
    }

    public DiscordGateway Gateway { get; }

    public GatewayState State { get; }

    public GatewayStore Store { get; }

    public ConcurrentQueue<(int Shard, string Name, string Data)> Events { get; } = [];

    public ConcurrentQueue<string> Log { get; } = [];

    public int Asked { get; private set; }

    public bool IsReady => State.Shards is { Count: > 0 } shards && shards.All(s => s.Phase == ShardPhase.Ready);

    /// <summary>The data of the events of one name, in order.</summary>
    public IReadOnlyList<string> Heard(string name) => [.. Events.Where(e => e.Name == name).Select(e => e.Data)];

    /// <summary>Stops as a bot does that is told to.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await Gateway.StopAsync(CancellationToken.None);
            Gateway.Dispose();
            _http.Dispose();
        }
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

    private async Task<GatewayAddress> AskAsync(GatewaySettings settings, Uri? url)
    {
        Asked++;
        var answer = await _http.GetAsync("/api/v10/gateway/bot", ("Authorization", $"Bot {settings.Token}"), ("User-Agent", settings.UserAgent));
        if ((int)answer.Status != 200)
        {
            throw new HttpRequestException($"Status {answer.Status}", null, answer.Status);
        }

        var limit = answer.Json.GetProperty("session_start_limit");
        return new GatewayAddress(
            url ?? new Uri(answer.Json.GetProperty("url").GetString()!),
            answer.Json.GetProperty("shards").GetInt32(),
            new SessionStartLimit(
                limit.GetProperty("total").GetInt32(),
                limit.GetProperty("remaining").GetInt32(),
                TimeSpan.FromMilliseconds(limit.GetProperty("reset_after").GetDouble()),
                limit.GetProperty("max_concurrency").GetInt32()));
    }
}
