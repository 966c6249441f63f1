using System.Diagnostics;
using System.Globalization;
using AlertBot.Alerts;
using AlertBot.Checkups;
using AlertBot.Emulators;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Subscriptions;
using AlertBot.Tagging;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertBot.Benchmarks.Scale;

/// <summary>What a story costs, what people wait, and what the database takes, with so many stories and follows.</summary>
internal static class ScaleVerb
{
    private const int Warm = 50;
    private const int Measured = 400;

    private static readonly ChatUser Person = new("local:person", "person", IsModerator: true);

    public static async Task<int> RunAsync(Options options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("alertbot-scale-");
        var isShared = options.Text("--storage") == "postgres";
        await using var server = isShared ? await PostgresCluster.StartAsync(isDurable: true) : null;
        try
        {
            await using var services = Services(folder.FullName, server is null ? null : await server.CreateAsync("scale"));
            await AlertBotHost.PrepareAsync(services, [], cancellationToken);
            await RunAsync(services, options.Number("--stories", 1_000_000), options.Number("--follows", 10_000), cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task RunAsync(ServiceProvider services, int stories, int follows, CancellationToken cancellationToken)
    {
        var known = services.GetRequiredService<KnowledgeBase>().Current;
        var news = new ScaleNews(known, 1);
        var archive = new ScaleArchive(services, news);
        var watch = Stopwatch.StartNew();
        await archive.FollowAsync(follows, known.Topics, cancellationToken);
        var memory = services.GetRequiredService<FollowMemory>();
        await memory.RefreshAsync(cancellationToken);
        var feed = await archive.BuildAsync(stories, memory.Matcher, cancellationToken);
        Console.WriteLine($"built in {watch.Elapsed.TotalSeconds:0} s");

        var (planned, lines) = await NewStoriesAsync(services, news, feed, cancellationToken);
        lines.ForEach(Console.WriteLine);
        await CommandsAsync(services, news, cancellationToken);

        watch.Restart();
        var sizes = await services.GetRequiredService<Database>().SizesAsync(cancellationToken);
        var size = (await services.GetRequiredService<Database>().LookAsync(cancellationToken)).Size;
        foreach (var table in sizes.OrderByDescending(s => s.Bytes).Where(s => s.Bytes * 200 > size))
        {
            Console.WriteLine(Text($"{table.Name,-20} {table.Rows,12:N0} rows {table.Bytes / 1e6,8:N0} MB, of it indexes {table.IndexBytes / 1e6,8:N0} MB"));
        }

        Console.WriteLine(Text($"sizes read in {watch.Elapsed.TotalSeconds:0.0} s"));
        Console.WriteLine(Text($"took {Median(planned):0.00} ms (matching and planning one story, median; p99 {planned[planned.Count * 99 / 100]:0.00} ms), database {size / 1e6:N0} MB, {size / stories:N0} bytes a story"));
    }

    /// <summary>Takes in stories one at a time, as if each came in a poll of its own.</summary>
    private static async Task<(List<double> Planned, List<string> Lines)> NewStoriesAsync(IServiceProvider services, ScaleNews news, Feed feed, CancellationToken cancellationToken)
    {
        var (tagger, desk, writer, memory) = (
            services.GetRequiredService<StoryTagger>(), services.GetRequiredService<StoryDesk>(), services.GetRequiredService<IntakeWriter>(), services.GetRequiredService<FollowMemory>());
        var time = services.GetRequiredService<TimeProvider>();
        var all = await services.GetRequiredService<SubscriptionStore>().ListAsync(cancellationToken);
        var (load, identified, tagged, planned, tried, written, alerts) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), 0);
        for (var number = 0; number < Warm + Measured; number++)
        {
            if (number == Warm)
            {
                new[] { identified, tagged, planned, tried, written }.ToList().ForEach(l => l.Clear());
                alerts = 0;
            }

            var now = time.GetUtcNow();
            var intake = await TimedAsync(identified, () => desk.AdmitAsync(feed, [news.Story(100_000_000 + number, now)], cancellationToken));
            var admission = (Admission.New)intake.Admissions.Single();
            var tags = Timed(tagged, () => tagger.Tag(StoryText.Of(admission.Story)));
            alerts += Timed(planned, () => AlertPlanner.Plan(default, tags, memory.Matcher, now)).Count;
            Timed(tried, () => all.Count(s => s.Expression.Matches(AlertPlanner.Seen(tags.Tags), [])));
            var taken = new TakenFeed(feed, [new TaggedAdmission(admission, tags)], intake.Trust, new PollOutcome(now.AddHours(1), null, null, Read: true, Failures: 0, Error: null));
            await TimedAsync(written, async () =>
            {
                await writer.WriteAsync(taken, cancellationToken);
                return true;
            });
        }

        for (var i = 0; i < 5; i++)
        {
            await TimedAsync(load, async () => new SubscriptionMatcher(await services.GetRequiredService<SubscriptionStore>().ListAsync(cancellationToken)));
        }

        planned.Sort();
        return (planned,
        [
            Line("known already? (identity)", identified), Line("tagging", tagged), Line("matching and planning", planned), Line("  by trying every follow", tried),
            Line("  reading all follows anew", load), Line("writing it with its alerts", written), Text($"alerts a story {alerts / (double)Measured:0.0}"),
        ]);
    }

    private static async Task CommandsAsync(IServiceProvider services, ScaleNews news, CancellationToken cancellationToken)
    {
        var router = services.GetRequiredService<CommandRouter>();
        var (often, seldom) = (news.Actors[0].Slug, news.Actors[news.Actors.Count / 2].Slug);
        var (alerted, number, title) = await LastAlertAsync(services, cancellationToken);
        string[] commands =
        [
            "/latest", "/latest page:1000", $"/latest {often}", $"/latest {often} page:100", $"/latest {seldom}", $"/who {often}", "/trend " + often, $"/where {number}", "/where " + title, $"/why {number}", "/following",
        ];
        foreach (var command in commands)
        {
            var times = new List<double>();
            for (var i = 0; i < 7; i++)
            {
                var answer = await TimedAsync(times, () => router.AnswerTextAsync(command, alerted, Person, cancellationToken));
                if (answer.Tone == CardTone.Problem)
                {
                    throw new InvalidOperationException($"{command}: {answer.Title}");
                }
            }

            Console.WriteLine(Line(command.Length > 32 ? command[..32] : command, times));
        }

        var health = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            await TimedAsync(health, async () => (await services.GetRequiredService<OutboxStatus>().StateAsync(cancellationToken),
                await services.GetRequiredService<Checkup>().RunAsync(CheckReach.Process | CheckReach.Database, null, cancellationToken)));
        }

        Console.WriteLine(Line("what /health asks", health));
    }

    /// <summary>The newest alert that was sent, its channel, and the headline of its story.</summary>
    private static async Task<(ChannelAddress Channel, long Number, string Title)> LastAlertAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var connection = await services.GetRequiredService<Database>().OpenAsync(cancellationToken);
        var (channel, number, title) = await connection.QueryFirstAsync<(string, long, string)>(
            "SELECT o.channel, o.id, s.title FROM outbox o JOIN stories s ON s.id = o.story_id WHERE o.state = 'sent' ORDER BY o.id DESC LIMIT 1");
        return (ChannelAddress.Parse(channel), number, title);
    }

    public static ServiceProvider Services(string folder, string? connection)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = connection is null ? "sqlite" : "postgres",
            ["Storage:ConnectionString"] = connection ?? "",
            ["Storage:Path"] = Path.Combine(folder, "bot.db"),
            ["Storage:Keys"] = Path.Combine(folder, "keys"),
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddAlertBot(settings);
        return services.BuildServiceProvider();
    }

    private static string Line(string what, List<double> times) => Text($"{what,-32} median {Median([.. times.Order()]),9:0.00} ms, longest {times.Max(),9:0.00} ms");

    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];

    private static T Timed<T>(List<double> times, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work();
        times.Add(watch.Elapsed.TotalMilliseconds);
        return result;
    }

    private static async Task<T> TimedAsync<T>(List<double> times, Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var result = await work();
        times.Add(watch.Elapsed.TotalMilliseconds);
        return result;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
