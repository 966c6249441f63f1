using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Stories;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlertBot.Tests.Support;

/// <summary>
/// The real bot on a real SQLite file, with a clock that the test moves and a feed site on loopback. The schedule does
/// not run: the test polls and delivers, so that "nothing happened" is a fact and not a wait.
/// </summary>
internal sealed class BotHarness : IAsyncDisposable
{
    public const string Channel = "desk";

    public static readonly ChatUser Moderator = new("test:mod", "mod", IsModerator: true);
    public static readonly ChatUser Member = new("test:member", "member", IsModerator: false);

    // However seldom a feed brings something, a turn polls it.
    private static readonly Dictionary<string, string?> OneRhythm = new() { ["Feeds:MaxInterval"] = "00:10:00" };

    private readonly string _folder;
    private TestStorage _storage;
    private ServiceProvider _services = null!;

    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly Action<IServiceCollection> _configure;

    private BotHarness(string folder, TestStorage storage, FeedSite site, WatchedTime time, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection> configure)
    {
        _folder = folder;
        _storage = storage;
        _settings = settings;
        _configure = configure;
        Site = site;
        Time = time;
    }

    public FeedSite Site { get; }

    /// <summary>A second platform beside the local one.</summary>
    public ScriptedPlatform Scripted { get; } = new();

    public WatchedTime Time { get; }

    public CancellationToken Token { get; } = TestContext.Current.CancellationToken;

    /// <summary>All settings that the bot runs with, for another process of it on the same database.</summary>
    public IConfiguration Settings => new ConfigurationBuilder().AddInMemoryCollection(OneRhythm).AddInMemoryCollection(_settings).AddInMemoryCollection(_storage.Settings).AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Feeds:AllowedPrivateEndpoints:0"] = Site.Endpoint.ToString(),
    }).Build();

    /// <param name="settings">Beside those that the harness needs for itself.</param>
    /// <param name="time">Where somebody else runs on the same clock.</param>
    /// <param name="configure">Adds services to each process of the bot.</param>
    /// <param name="storage">Null: the usual one.</param>
    public static async Task<BotHarness> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, WatchedTime? time = null, Action<IServiceCollection>? configure = null, StorageProvider? storage = null)
    {
        var folder = Directory.CreateTempSubdirectory("alertbot-test-").FullName;
        var harness = new BotHarness(
            folder, await TestStorage.NewAsync(folder, storage), await FeedSite.StartAsync(), time ?? new WatchedTime(), settings ?? new Dictionary<string, string?>(), configure ?? (_ => { }));
        await harness.OpenAsync();
        return harness;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Ends the process, as a kill would, and starts a new one on the same database.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>Where the bot keeps its data, as settings.</summary>
    public IReadOnlyDictionary<string, string?> StorageSettings => _storage.Settings;

    /// <summary>Another place to keep data, beside the one in use.</summary>
    public Task<TestStorage> NewStorageAsync(StorageProvider provider) => TestStorage.NewAsync(_folder, provider);

    /// <summary>Ends the process and starts one whose data is in another place.</summary>
    public async Task RestartOnAsync(TestStorage storage)
    {
        await _services.DisposeAsync();
        await _storage.DisposeAsync();
        _storage = storage;
        await OpenAsync();
    }

    public async Task<Feed> AddFeedAsync(string path, string body, string? etag = null)
    {
        Site.Serve(path, body, etag);
        return (await Get<FeedStore>().AddAsync(Site.Address(path), null, null, "test", Token)).Feed;
    }

    public Task<Card> SayAsync(string text, ChatUser? user = null, string channel = Channel, string platform = "local") =>
        Get<CommandRouter>().AnswerTextAsync(text, new ChannelAddress(platform, channel), user ?? Moderator, Token);

    /// <summary>Lets the feeds' interval pass, polls all that is due and sends all that waits.</summary>
    public async Task TurnAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(15));
        await Get<FeedPoller>().PollDueAsync(Token);
        await DeliverAsync();
    }

    /// <summary>Sends until nothing is due, moving the clock over the platform's own limits.</summary>
    public async Task DeliverAsync()
    {
        await Get<DigestDesk>().CloseDueAsync(Token);
        for (var round = 0; round < 100; round++)
        {
            await Get<DeliveryDispatcher>().DeliverDueAsync(Token);
            await Get<AlertEditor>().EditDueAsync(Token);
            if ((await Get<OutboxStatus>().StateAsync(Token)).Pending == 0)
            {
                return;
            }

            Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Sends what waits until a channel that turns messages away has done so three times, with the pauses between.</summary>
    public async Task DeliverUntilTurnedAwayAsync()
    {
        foreach (var pause in new[] { 0, 30, 120 })
        {
            Time.Advance(TimeSpan.FromSeconds(pause));
            await Get<DeliveryDispatcher>().DeliverDueAsync(Token);
        }
    }

    /// <summary>The alerts that a channel shows, oldest first.</summary>
    public async Task<IReadOnlyList<Card>> AlertsAsync(string channel = Channel) =>
        [.. (await Get<LocalMessages>().PageAsync(channel, long.MaxValue, 1000, Token)).Select(m => m.Card).OfType<Card>().Where(c => c.Tone == CardTone.Alert)];

    public Task<IReadOnlyList<Story>> StoriesAsync() => Get<StoryStore>().NewestAsync(1000, Token);

    public async Task<Feed> FeedAsync(Feed feed) => (await Get<FeedStore>().ListAsync(Token)).Single(f => f.Id == feed.Id);

    /// <summary>What a query finds in the bot's database.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await Get<Database>().OpenAsync(Token);
        return [.. await connection.QueryAsync<T>(sql)];
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Site.DisposeAsync();
        await _storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts another process of the bot on the same database, beside this one; the test disposes of it.</summary>
    /// <param name="time">Its own clock; null: the one of all.</param>
    public async Task<ServiceProvider> ReplicaAsync(TimeProvider? time = null)
    {
        var services = Build(time ?? Time);
        await AlertBotHost.PrepareAsync(services, [], Token, isAlone: false);
        return services;
    }

    private async Task OpenAsync()
    {
        _services = Build(Time);
        await AlertBotHost.PrepareAsync(_services, [], Token);
        await Get<LocalMessages>().AddChannelAsync(Channel, Token);
        await Get<LocalMessages>().AddChannelAsync("other", Token);
    }

    private ServiceProvider Build(TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddLogging(l => l.SetMinimumLevel(LogLevel.None));
        services.AddAlertBot(Settings);
        WithoutSchedule(services);
        services.AddSingleton(time);
        services.AddSingleton<IChatPlatform>(Scripted);
        _configure(services);
        return services.BuildServiceProvider();
    }

    /// <summary>Takes out what would poll and deliver by itself, and what would make a host of a test one more replica that feeds are left to.</summary>
    public static void WithoutSchedule(IServiceCollection services)
    {
        foreach (var schedule in services.Where(s => s.ServiceType == typeof(IHostedService) && (s.ImplementationType?.Namespace == "Quartz" || s.ImplementationType == typeof(ReplicaPulse))).ToList())
        {
            services.Remove(schedule);
        }
    }
}
