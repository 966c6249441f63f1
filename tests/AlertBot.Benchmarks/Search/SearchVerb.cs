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
    private static readonly string[] Expected = ["There is no page", "Which "];

    private static readonly ChatUser Person = new("local:person", "person", IsModerator: true);

    public static async Task<int> RunAsync(Options options, CancellationToken cancellationToken)
    {
        var (kept, connection) = (options.Text("--data"), options.Text("--connection"));
        var folder = kept is null ? Directory.CreateTempSubdirectory("alertbot-search-") : Directory.CreateDirectory(kept);
        var storage = connection is not null || options.Text("--storage") == "postgres" ? "postgres" : "sqlite";
        await using var server = storage == "postgres" && connection is null ? await PostgresCluster.StartAsync(isDurable: true) : null;
        try
        {
            await using var services = ScaleVerb.Services(folder.FullName, server is null ? connection : await server.CreateAsync("search"));
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
        var prose = new SearchProse();
        var archive = new SearchArchive(services);
        var kept = (int)await archive.CountAsync();
        var count = kept > 0 ? kept : options.Number("--stories", 100_000);
        if (kept == 0)
        {
            var (written, indexed) = await archive.BuildAsync(
                options.Text("--file") is { } file ? SearchProse.Read(file, count, services.GetRequiredService<TimeProvider>().GetUtcNow()) : prose.Stories(count, services.GetRequiredService<TimeProvider>().GetUtcNow()), cancellationToken);
            Say($"written at {written:N0} stories/s, then indexed at {indexed:N0} stories/s");
            await TellSizesAsync(services, cancellationToken);
        }

        await archive.IndexAsync(cancellationToken);
        var questions = options.Text("--queries") is { } queries ? SearchProse.ReadQuestions(queries) : prose.Questions(Each);
        var newest = await SearchAsync(services, questions, SearchOrder.Newest, cancellationToken);
        var best = await SearchAsync(services, questions, SearchOrder.Best, cancellationToken);
        var commands = await CommandsAsync(services, questions, cancellationToken);
        // It leaves stories behind.
        if (options.Text("--data") is null && options.Text("--connection") is null)
        {
            var (trigger, behind) = await archive.CompareAsync([.. prose.Stories(10_000, services.GetRequiredService<TimeProvider>().GetUtcNow())], cancellationToken);
            Say($"stories as polls bring them, on top of the archive: {trigger.Rate:N0}/s indexed by trigger, {behind.Rate:N0}/s indexed behind: {behind.Rate / trigger.Rate:0.00} times; processor {trigger.Processor:0} and {behind.Processor:0} µs a story");
        }

        Say($"search over {count:N0} stories on {storage}, worst p95 of any kind: newest first {newest:0.0} ms, ranked {best:0.0} ms, commands {commands:0.0} ms");
    }

    private static async Task TellSizesAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var table in (await services.GetRequiredService<Database>().SizesAsync(cancellationToken)).Where(t => t.Bytes >= 10_000_000))
        {
            Say($"{table.Name,-22} {table.Bytes / 1e6,8:N0} MB, of it indexes {table.IndexBytes / 1e6,8:N0} MB");
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

    private static async Task<double> CommandsAsync(IServiceProvider services, IReadOnlyList<SearchQuestion> questions, CancellationToken cancellationToken)
    {
        var router = services.GetRequiredService<CommandRouter>();
        var lookups = new SearchLookups(services);
        await lookups.FollowAsync(cancellationToken);
        var worst = 0.0;
        foreach (var (name, lines) in await lookups.LinesAsync(questions))
        {
            var times = new List<double>();
            await AnswerAsync(lines[0]);
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

        Task<Card> AnswerAsync(string line) => router.AnswerTextAsync(line, SearchLookups.Desk, Person, cancellationToken);
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
