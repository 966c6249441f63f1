using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Subscriptions;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertBot.Benchmarks;

/// <summary>
/// How fast the real poller goes through many feeds of a site that serves <c>urls.txt</c>, or else <c>index.jsonl</c>: the first cycle reads them all, the
/// next ones find nothing changed. Database, tagger, events and outbox are the bot's own.
/// </summary>
internal static class PollSpeed
{
    private const int Follows = 200;

    public static async Task<int> RunAsync(Options options, CancellationToken cancellationToken)
    {
        var root = new Uri(options.Text("--root") ?? throw new InvalidDataException("--root is missing: give the address under which urls.txt or index.jsonl and the feeds are served"));
        var feeds = await FeedsAsync(root, options.Number("--feeds", 1000), cancellationToken);
        var folder = Directory.CreateTempSubdirectory("alertbot-poll-");
        try
        {
            await using var services = Services(folder.FullName, feeds, options.Number("--parallel", 64));
            await AlertBotHost.PrepareAsync(services, [.. feeds.Select(feed => new CatalogFeed(feed, null, null))], cancellationToken);
            await LearnAsync(services, options, cancellationToken);
            var cycles = options.Number("--cycles", 2);
            for (var cycle = 1; cycle <= cycles; cycle++)
            {
                Console.WriteLine(JsonSerializer.Serialize(await CycleAsync(services, cycle, feeds.Count, cancellationToken)));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    // The list names the port that it was made for; the site may have another.
    private static async Task<IReadOnlyList<Uri>> FeedsAsync(Uri root, int count, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // The list itself is no feed.
        using var http = new HttpClient();
#pragma warning restore RS0030
        using var urls = await http.GetAsync(new Uri(root, "urls.txt"), cancellationToken);
        var feeds = urls.IsSuccessStatusCode
            ? Lines(await urls.Content.ReadAsStringAsync(cancellationToken)).Select(line => new UriBuilder(line) { Port = root.Port }.Uri).ToList()
            : [.. Lines(await http.GetStringAsync(new Uri(root, "index.jsonl"), cancellationToken)).Select(line => new Uri(root, JsonElement.Parse(line).GetProperty("path").GetString()))];
        return feeds.Count == count ? feeds : throw new InvalidDataException($"{root} lists only {feeds.Count} feeds");

        IEnumerable<string> Lines(string list) => list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(count);
    }

    private static ServiceProvider Services(string folder, IReadOnlyList<Uri> feeds, int parallel)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage:Path"] = Path.Combine(folder, "bot.db"),
            ["Storage:Keys"] = Path.Combine(folder, "keys"),
            ["Feeds:ParallelHosts"] = parallel.ToString(CultureInfo.InvariantCulture),
            // A site of one host or of few is asked by as many connections as one of many.
            ["Feeds:PerHost"] = Math.Max(1, parallel / feeds.DistinctBy(feed => feed.Authority).Count()).ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (number, endpoint) in feeds.Select(feed => feed.Authority).Distinct().Index())
        {
            settings[$"Feeds:AllowedPrivateEndpoints:{number}"] = endpoint;
        }

        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddAlertBot(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider();
    }

    // So many names beside those that the program ships, some of them followed in a few channels.
    private static async Task LearnAsync(IServiceProvider services, Options options, CancellationToken cancellationToken)
    {
        var knowledge = services.GetRequiredService<KnowledgeBase>();
        if (options.Number("--aliases", 0) is > 0 and var aliases)
        {
            knowledge.Replace([.. knowledge.Actors, .. NamedActors.Read(aliases, options.Text("--kb")).Actors], knowledge.Topics);
        }

        var subscriptions = services.GetRequiredService<SubscriptionStore>();
        foreach (var (number, actor) in knowledge.Actors.TakeLast(Follows).Index())
        {
            await subscriptions.AddAsync(
                new FollowOrigin(new ChannelAddress("local", $"channel{number % 20}"), "benchmark", "benchmark", null, null), FollowParser.ParseStored(actor.Slug), cancellationToken);
        }
    }

    private static async Task<object> CycleAsync(IServiceProvider services, int cycle, int feeds, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<Database>();
        await database.InTransactionAsync(t => t.Connection!.ExecuteAsync("UPDATE feeds SET next_poll_at = 0", transaction: t), cancellationToken);
        var before = await StoriesAsync(database, cancellationToken);
        Measured.ForgetPeak();
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var poller = services.GetRequiredService<FeedPoller>();
        do
        {
            await poller.PollDueAsync(cancellationToken);
        }
        while (await DueAsync(database, cancellationToken) > 0);

        var wall = watch.Elapsed.TotalSeconds;
        process.Refresh();
        await using var connection = await database.OpenAsync(cancellationToken);
        var (entries, failures, alerts) = await connection.QuerySingleAsync<(long, long, long)>(
            "SELECT (SELECT COALESCE(SUM(entry_count), 0) FROM feeds), (SELECT COUNT(*) FROM feeds WHERE last_error IS NOT NULL), (SELECT COUNT(*) FROM outbox)");
        return new
        {
            name = "poll",
            cycle,
            phase = cycle == 1 ? "cold" : "warm",
            feeds,
            wall_s = Math.Round(wall, 3),
            cpu_s = Math.Round((process.TotalProcessorTime - processor).TotalSeconds, 3),
            feeds_per_s = Math.Round(feeds / wall, 1),
            entries,
            new_stories = await StoriesAsync(database, cancellationToken) - before,
            alerts,
            failures,
            peak_mb = Math.Round(Measured.PeakMegabytes(), 1),
            heap_mb = Math.Round(GC.GetTotalMemory(forceFullCollection: false) / 1e6, 1),
        };
    }

    private static async Task<long> StoriesAsync(Database database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM stories");
    }

    private static async Task<long> DueAsync(Database database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM feeds WHERE next_poll_at = 0");
    }
}
