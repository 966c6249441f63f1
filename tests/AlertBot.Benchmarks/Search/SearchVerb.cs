using System.Diagnostics;
using System.Globalization;
using AlertBot.Benchmarks.Scale;
using AlertBot.Emulators;
using AlertBot.Platforms;
using AlertBot.Stories.Search;
using AlertBot.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Benchmarks.Search;

/// <summary>How long searches and the commands that look things up take over so many stories, and what indexing costs.</summary>
internal static class SearchVerb
{
    private const int PageSize = 6;
    private const int Each = 60;

    // Words drawn by chance lead nowhere now and then.
    private static readonly string[] Expected = ["There is no page", "No story has these words", "Which "];

    private static readonly ChatUser Person = new("local:person", "person", IsModerator: true);

    public static async Task<int> RunAsync(Options options, CancellationToken cancellationToken)
    {
        var kept = options.Text("--data");
        var folder = kept is null ? Directory.CreateTempSubdirectory("alertbot-search-") : Directory.CreateDirectory(kept);
        var storage = options.Text("--storage") == "postgres" ? "postgres" : "sqlite";
        await using var server = storage == "postgres" ? await PostgresCluster.StartAsync(isDurable: true) : null;
        try
        {
            await using var services = ScaleVerb.Services(folder.FullName, server is null ? null : await server.CreateAsync("search"));
            await AlertBotHost.PrepareAsync(services, [], cancellationToken);
            await RunAsync(services, options, storage, cancellationToken);
        }
        finally
        {
            if (kept is null)
            {
                folder.Delete(recursive: true);
            }
        }

        return 0;
    }

    private static async Task RunAsync(ServiceProvider services, Options options, string storage, CancellationToken cancellationToken)
    {
        var count = options.Number("--stories", 100_000);
        var prose = new SearchProse();
        var archive = new SearchArchive(services);
        var isNew = await archive.IsEmptyAsync();
        if (isNew)
        {
            var (written, indexed) = await archive.BuildAsync(
                options.Text("--file") is { } file ? SearchProse.Read(file, count, services.GetRequiredService<TimeProvider>().GetUtcNow()) : prose.Stories(count, services.GetRequiredService<TimeProvider>().GetUtcNow()), cancellationToken);
            Say($"written at {written:N0} stories/s, then indexed at {indexed:N0} stories/s");
        }

        foreach (var table in (await services.GetRequiredService<Database>().SizesAsync(cancellationToken)).Where(t => t.Name.StartsWith("search_", StringComparison.Ordinal) || t.Name == "stories"))
        {
            Say($"{table.Name,-22} {table.Bytes / 1e6,8:N0} MB");
        }

        var questions = options.Text("--queries") is { } queries ? SearchProse.ReadQuestions(queries) : prose.Questions(Each);
        var newest = await SearchAsync(services, questions, SearchOrder.Newest, cancellationToken);
        var best = await SearchAsync(services, questions, SearchOrder.Best, cancellationToken);
        var commands = await CommandsAsync(services, archive, questions, cancellationToken);
        if (isNew && options.Text("--data") is null)
        {
            await CompareAsync();
        }

        Say($"search over {count:N0} stories on {storage}, worst p95 of any kind: newest first {newest:0.0} ms, ranked {best:0.0} ms, commands {commands:0.0} ms");

        async Task CompareAsync()
        {
            var (trigger, behind) = await archive.CompareAsync([.. prose.Stories(10_000, services.GetRequiredService<TimeProvider>().GetUtcNow())], cancellationToken);
            Say($"stories as polls bring them, on top of the archive: {trigger.Rate:N0}/s indexed by trigger, {behind.Rate:N0}/s indexed behind: {behind.Rate / trigger.Rate:0.00} times; processor {trigger.Processor:0} and {behind.Processor:0} µs a story");
        }
    }

    private static async Task<double> SearchAsync(IServiceProvider services, IReadOnlyList<SearchQuestion> questions, SearchOrder order, CancellationToken cancellationToken)
    {
        var search = services.GetRequiredService<StorySearch>();
        var parsed = questions.Select(q => (q.Kind, Query: SearchWords.Parse(q.Typed).Query!)).ToList();
        foreach (var (_, query) in parsed.Take(24))
        {
            await search.FindAsync(query, order, 0, PageSize, cancellationToken);
        }

        var worst = 0.0;
        foreach (var kind in parsed.GroupBy(q => q.Kind))
        {
            var times = new List<double>();
            foreach (var (_, query) in kind)
            {
                await TimedAsync(times, () => search.FindAsync(query, order, 0, PageSize, cancellationToken));
            }

            worst = Math.Max(worst, Tell($"{(order == SearchOrder.Newest ? "newest" : "ranked")} {kind.Key}", times));
        }

        return worst;
    }

    private static async Task<double> CommandsAsync(IServiceProvider services, SearchArchive archive, IReadOnlyList<SearchQuestion> questions, CancellationToken cancellationToken)
    {
        var router = services.GetRequiredService<CommandRouter>();
        var actors = archive.Actors.ToList();
        var (topics, links) = (archive.Topics.ToList(), await archive.LinksAsync(40));
        var common = questions.Where(q => q.Kind == "common1").ToList();
        (string Name, IEnumerable<string> Lines)[] commands =
        [
            .. questions.GroupBy(q => q.Kind).Select(g => ($"/search {g.Key}", g.Select(q => $"/search {q.Typed}"))),
            ("/search WORD actor:X", common.Select((q, i) => $"/search {q.Typed} actor:{actors[i % actors.Count]}")),
            ("/search WORD since:60d", common.Select(q => $"/search {q.Typed} since:60d sort:newest")),
            ("/search WORD page:50", common.Select(q => $"/search {q.Typed} sort:newest page:50")),
            ("/who X", actors.Select(a => $"/who {a}")),
            ("/topic X", topics.Select(t => $"/topic {t}")),
            ("/latest TOPIC", topics.Select(t => $"/latest topic:{t}")),
            ("/quotes X", actors.Select(a => $"/quotes {a}")),
            ("/quotes X about:Y", actors.Select((a, i) => $"/quotes {a} about:{actors[(i + 1) % actors.Count]}")),
            ("/timeline X", actors.Select(a => $"/timeline {a}")),
            ("/timeline TOPIC", topics.Select(t => $"/timeline topic:{t}")),
            ("/event LINK", links.Select(l => $"/event {l}")),
            ("/event WORDS", common.Take(20).Select(q => $"/event {q.Typed}")),
            ("/trend X vs Y", actors.Select((a, i) => $"/trend {a} vs {actors[(i + 1) % actors.Count]}")),
            ("/trend 4 names, 52 weeks", actors.Take(20).Select((a, i) => $"/trend {a}, {actors[i + 1]}, {actors[i + 2]}, {actors[i + 3]} weeks:52")),
            ("/together X Y", actors.Select((a, i) => $"/together {a} and {actors[(i + 1) % actors.Count]}")),
            ("/brief X week", actors.Select(a => $"/brief {a} week")),
            ("/brief", Enumerable.Repeat("/brief", 20)),
            ("/brief week", Enumerable.Repeat("/brief week", 20)),
            ("/catchup", Enumerable.Repeat("/catchup since:1d", 20)),
            ("/ask", questions.Where(q => q.Kind == "or3").Select((q, i) => $"/ask what did {actors[i % actors.Count].Replace('-', ' ')} say about {string.Join(' ', q.Words)}?")),
            ("/latest", Enumerable.Repeat("/latest", 20)),
            ("/latest X", actors.Select(a => $"/latest {a}")),
            ("/latest X since:30d", actors.Select(a => $"/latest {a} since:30d")),
        ];
        await AnswerAsync($"/follow {actors[0]} or {actors[1]}");
        await AnswerAsync($"/follow topic:{topics[0]}");
        var worst = 0.0;
        foreach (var (name, lines) in commands)
        {
            var times = new List<double>();
            await AnswerAsync(lines.First());
            foreach (var line in lines)
            {
                var card = await TimedAsync(times, () => AnswerAsync(line));
                if (card.Tone == CardTone.Problem && !Array.Exists(Expected, card.Title.StartsWith))
                {
                    throw new InvalidOperationException($"{line}: {card.Title}");
                }
            }

            worst = Math.Max(worst, Tell(name, times));
        }

        return worst;

        Task<Card> AnswerAsync(string line) => router.AnswerTextAsync(line, new ChannelAddress("local", "desk"), Person, cancellationToken);
    }

    private static double Tell(string what, List<double> times)
    {
        times.Sort();
        var last = times[(int)Math.Ceiling(times.Count * 0.95) - 1];
        Say($"{what,-26} p50 {times[times.Count / 2],8:0.00} ms, p95 {last,8:0.00} ms, longest {times[^1],8:0.00} ms");
        return last;
    }

    private static async Task<T> TimedAsync<T>(List<double> times, Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var result = await work();
        times.Add(watch.Elapsed.TotalMilliseconds);
        return result;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
