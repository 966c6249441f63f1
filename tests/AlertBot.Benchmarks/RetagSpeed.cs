using System.Diagnostics;
using System.Text.Json;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Retagging;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Tagging;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertBot.Benchmarks;

/// <summary>How fast an archive is tagged anew where nothing and where every story changes, how long others wait for the database then, and a preview.</summary>
internal static class RetagSpeed
{
    // In almost every story: an actor of that name changes them all.
    private static readonly string[] Everywhere = ["the", "of", "to", "and"];

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(250);

    public static async Task<int> RunAsync(Options options, CancellationToken cancellationToken)
    {
        var file = options.Text("--stories") ?? throw new InvalidDataException("--stories is missing: give a file with a story a line");
        var texts = StoryFile.Read(file, options.Number("--limit", 10_000));
        var folder = Directory.CreateTempSubdirectory("alertbot-retag-");
        await using (var services = Services(folder.FullName))
        {
            await AlertBotHost.PrepareAsync(services, [], cancellationToken);
            await FillAsync(services, texts, cancellationToken);
            var (unchanged, _) = await RetagAsync(services, cancellationToken);

            var knowledge = services.GetRequiredService<KnowledgeBase>();
            var person = knowledge.Actors.First(actor => actor.Kind == ActorKind.Person);
            var watch = Stopwatch.StartNew();
            var forecast = await services.GetRequiredService<RetagPreview>().OfAsync(knowledge.Current.With(ActorOverlay.Of(knowledge.Current).With(person.Slug, new ActorFields(Aliases: [])).With!), cancellationToken);
            var preview = watch.Elapsed;

            knowledge.Replace([.. knowledge.Actors.Select(actor => actor == person ? person with { Aliases = Everywhere } : actor)], knowledge.Topics);
            var (changed, waits) = await RetagAsync(services, cancellationToken);
            var done = (await services.GetRequiredService<RetagStore>().FindAsync(cancellationToken))!.Done;
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                name = "retag",
                stories = done.Stories,
                changed = done.Changed,
                unchanged_s = Math.Round(unchanged.TotalSeconds, 2),
                all_changed_s = Math.Round(changed.TotalSeconds, 2),
                other_writers = waits.Count,
                wait_median_ms = Math.Round(waits[waits.Count / 2], 2),
                wait_p99_ms = Math.Round(waits[waits.Count * 99 / 100], 2),
                wait_max_ms = Math.Round(waits[^1], 2),
                preview_stories = forecast.Looked,
                preview_s = Math.Round(preview.TotalSeconds, 2),
            }));
        }

        folder.Delete(recursive: true);
        return 0;
    }

    private static ServiceProvider Services(string folder)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Path"] = Path.Combine(folder, "bot.db"),
            ["Storage:Keys"] = Path.Combine(folder, "keys"),
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddAlertBot(settings);
        return services.BuildServiceProvider();
    }

    private static async Task FillAsync(IServiceProvider services, IReadOnlyList<KnownStory> texts, CancellationToken cancellationToken)
    {
        var feed = (await services.GetRequiredService<FeedStore>().AddAsync(new Uri("https://benchmark.example/feed"), null, null, "benchmark", cancellationToken)).Feed;
        var tagger = services.GetRequiredService<StoryTagger>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var chunk in texts.Index().Chunk(500))
        {
            await services.GetRequiredService<Database>().InTransactionAsync(
                async transaction =>
                {
                    foreach (var (number, text) in chunk)
                    {
                        var story = new Story(default, new StoryKey($"story:{number}"), null, text.Title, null, text.Text, "benchmark", null, now);
                        var id = await StoryStore.InsertAsync(transaction, feed.Id, story);
                        await TagStore.RecordAsync(transaction, id!.Value, story.SortedAt, tagger.Tag(StoryText.Of(story)));
                    }
                },
                cancellationToken);
        }
    }

    // As the bot's job does it: a quarter of a second's work, and as long a rest.
    private static async Task<(TimeSpan Time, List<double> Waits)> RetagAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var (retagger, database) = (services.GetRequiredService<Retagger>(), services.GetRequiredService<Database>());
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waits = WaitsAsync(database, done.Token);
        var watch = Stopwatch.StartNew();
        await retagger.WorkAsync(Slice, cancellationToken);
        while ((await services.GetRequiredService<RetagStore>().FindAsync(cancellationToken))!.FinishedAt is null)
        {
            await Task.Delay(Slice, cancellationToken);
            await retagger.WorkAsync(Slice, cancellationToken);
        }

        var time = watch.Elapsed;
        await done.CancelAsync();
        return (time, await waits);
    }

    private static async Task<List<double>> WaitsAsync(Database database, CancellationToken done)
    {
        var waits = new List<double>();
        while (!done.IsCancellationRequested)
        {
            var watch = Stopwatch.StartNew();
            await database.InTransactionAsync(transaction => transaction.Connection!.ExecuteAsync("UPDATE outbox SET attempts = attempts WHERE id = 0", transaction: transaction), CancellationToken.None);
            waits.Add(watch.Elapsed.TotalMilliseconds);
            await Task.Delay(5, CancellationToken.None);
        }

        waits.Sort();
        return waits;
    }
}
