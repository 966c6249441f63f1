using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Platforms.Slack.Workspaces;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Subscriptions;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertBot.Tests.Support;

/// <summary>
/// The bot with many channels that follow the same, on a real SQLite file and a clock that runs by itself: what it sends, it sends over
/// the platform's real client.
/// </summary>
internal sealed partial class FanoutBot : IAsyncDisposable
{
    private const string Page = "/news.xml";

    private readonly string _folder;
    private readonly FeedSite _site;
    private readonly ServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly List<RssItem> _items = [];

    private FanoutBot(string folder, FeedSite site, ServiceProvider services, TimeProvider time) => (_folder, _site, _services, _time) = (folder, site, services, time);

    /// <param name="settings">Those of the platform.</param>
    public static async Task<FanoutBot> StartAsync(IReadOnlyDictionary<string, string?> settings, TimeProvider time, IEnumerable<ChannelAddress> channels, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("alertbot-fanout-").FullName;
        var site = await FeedSite.StartAsync();
        var all = new Dictionary<string, string?>(settings)
        {
            ["Storage:Path"] = Path.Combine(folder, "bot.db"),
            ["Storage:Keys"] = Path.Combine(folder, "keys"),
            ["Feeds:AllowedPrivateEndpoints:0"] = site.Endpoint.ToString(),
        };
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddAlertBot(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        services.AddSingleton(time);
        var bot = new FanoutBot(folder, site, services.BuildServiceProvider(), time);
        await AlertBotHost.PrepareAsync(bot._services, [], cancellationToken);
        await (bot._services.GetService<ConfiguredToken>()?.AskAsync(cancellationToken) ?? Task.CompletedTask);
        await bot.FollowAsync(channels, cancellationToken);
        // A feed's first poll alerts nobody.
        site.Serve(Page, Rss.Feed());
        await bot.Get<FeedStore>().AddAsync(site.Address(Page), null, null, "test", cancellationToken);
        await bot.PollAsync(cancellationToken);
        return bot;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>So many stories come in, which have nothing in common but whom they are about; each waits for all channels then.</summary>
    public async Task PublishAsync(int stories, CancellationToken cancellationToken)
    {
        for (var story = 0; story < stories; story++)
        {
            var number = _items.Count;
            var link = $"https://wire.example/story/{number.ToString(CultureInfo.InvariantCulture)}";
            _items.Add(new RssItem($"North Korea {Words(number, 5)}", link, link, $"North Korea {Words(number, 30)}."));
            _site.Serve(Page, Rss.Feed([.. _items]));
            await PollAsync(cancellationToken);
        }
    }

    /// <summary>Sends until nothing waits any more, as the schedule does.</summary>
    /// <returns>How long it took from now until the last message was noted as shown.</returns>
    public async Task<TimeSpan> DeliverAsync(CancellationToken cancellationToken)
    {
        var began = _time.GetUtcNow();
        while (true)
        {
            await Get<DeliveryDispatcher>().KeepDeliveringAsync(cancellationToken);
            await using var connection = await Get<Database>().OpenAsync(cancellationToken);
            var (waiting, last) = await connection.QuerySingleAsync<(long, long)>("SELECT COUNT(CASE WHEN state = 'pending' THEN 1 END), COALESCE(MAX(sent_at), 0) FROM outbox");
            if (waiting == 0)
            {
                return DateTimeOffset.FromUnixTimeMilliseconds(last) - began;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), _time, cancellationToken);
        }
    }

    /// <summary>The number of the story that a message in JSON tells of; null where it tells of none.</summary>
    public static int? StoryIn(string message) => StoryLink().Match(message) is { Success: true } match ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : null;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _site.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task FollowAsync(IEnumerable<ChannelAddress> channels, CancellationToken cancellationToken)
    {
        foreach (var channel in channels)
        {
            await Get<SubscriptionStore>().AddAsync(new FollowOrigin(channel, channel.Channel, "fanout", null, null), FollowParser.ParseStored("north-korea"), cancellationToken);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        await Get<Database>().InTransactionAsync(t => t.Connection!.ExecuteAsync("UPDATE feeds SET next_poll_at = 0", transaction: t), cancellationToken);
        await Get<FeedPoller>().PollDueAsync(cancellationToken);
    }

    private static string Words(int seed, int count)
    {
        var random = new Random((seed * 100) + count);
        return string.Join(' ', Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, 4).Select(_ => $"{"bcdfghjklmnprstvwz"[random.Next(18)]}{"aeiou"[random.Next(5)]}"))));
    }

    [GeneratedRegex(@"https://wire\.example/story/(?<number>\d+)")]
    private static partial Regex StoryLink();
}
