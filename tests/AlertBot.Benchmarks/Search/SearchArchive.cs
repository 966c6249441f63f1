using System.Data.Common;
using System.Diagnostics;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Storage;
using AlertBot.Stories.Search;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Benchmarks.Search;

/// <summary>Fills a database with stories that are to be looked up, with the tags, events and words that go with them.</summary>
internal sealed class SearchArchive(IServiceProvider services)
{
    private const int AtOnce = 5000;
    private const int OfAPoll = 50;

    private const string Insert =
        "INSERT INTO stories (story_key, link, title, body, feed_id, source, claimed_at, first_seen_at, sorted_at) VALUES (@Key, @Key, @Title, @Text, @Feed, 'Benchmark', @At, @At, @At)";

    private readonly Database _database = services.GetRequiredService<Database>();

    /// <summary>Indexes what is not indexed yet.</summary>
    public Task IndexAsync(CancellationToken cancellationToken) => services.GetRequiredService<SearchIndex>().WorkAsync(cancellationToken);

    /// <summary>How many stories there are already.</summary>
    public async Task<long> CountAsync()
    {
        await using var connection = await _database.OpenAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM stories");
    }

    public async Task<(double Stories, double Indexing)> BuildAsync(IEnumerable<SearchStory> stories, CancellationToken cancellationToken)
    {
        var feed = (await services.GetRequiredService<FeedStore>().AddAsync(new Uri("https://benchmark.example/feed"), "Benchmark", null, "benchmark", cancellationToken)).Feed.Id.Value;
        var known = services.GetRequiredService<KnowledgeBase>();
        var cast = new SearchCast(known.Actors, known.Topics);
        var watch = Stopwatch.StartNew();
        var number = 0L;
        foreach (var some in stories.Chunk(AtOnce))
        {
            var first = number + 1;
            var rows = some.Select((story, i) => (story, cast.Of(first + i, story))).ToList();
            await _database.InTransactionAsync(transaction => WriteAsync(transaction, feed, rows), cancellationToken);
            number += some.Length;
        }

        if (_database.IsShared)
        {
            await RunAsync("SELECT setval(pg_get_serial_sequence('stories', 'id'), (SELECT MAX(id) FROM stories))");
        }

        var seconds = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var indexed = await services.GetRequiredService<SearchIndex>().WorkAsync(cancellationToken);
        var indexing = watch.Elapsed.TotalSeconds;
        if (_database.IsShared)
        {
            await RunAsync("VACUUM ANALYZE");
        }

        return (number / seconds, indexed / indexing);
    }

    /// <summary>Stories as polls bring them, 50 in a transaction, with what a trigger would do for each or without it and indexed behind: stories a second, and the processor time of each in microseconds, all in.</summary>
    public async Task<((double Rate, double Processor) Trigger, (double Rate, double Processor) Behind)> CompareAsync(IReadOnlyList<SearchStory> stories, CancellationToken cancellationToken)
    {
        var feed = await FeedAsync();
        await RunAsync(_database.IsShared
            ? """
              CREATE TABLE trigger_texts (doc bigint PRIMARY KEY, words tsvector NOT NULL);
              CREATE INDEX trigger_texts_words ON trigger_texts USING gin (words);
              CREATE FUNCTION index_story() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO trigger_texts VALUES (NEW.id, setweight(to_tsvector('english', NEW.title), 'A') || to_tsvector('english', NEW.body)); RETURN NEW; END $$;
              CREATE TRIGGER stories_index AFTER INSERT ON stories FOR EACH ROW EXECUTE FUNCTION index_story();
              """
            : """
              CREATE VIRTUAL TABLE trigger_texts USING fts5 (title, body, marks, content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2');
              CREATE TRIGGER stories_index AFTER INSERT ON stories BEGIN INSERT INTO trigger_texts (rowid, title, body, marks) VALUES (NEW.id, NEW.title, NEW.body, ''); END;
              """);
        var trigger = await TimedAsync(stories.Count, () => PollAsync(feed, stories, "trigger", cancellationToken));
        await RunAsync(_database.IsShared ? "DROP TRIGGER stories_index ON stories" : "DROP TRIGGER stories_index");
        await services.GetRequiredService<SearchIndex>().WorkAsync(cancellationToken);
        return (trigger, await TimedAsync(stories.Count, async () =>
        {
            await PollAsync(feed, stories, "behind", cancellationToken);
            await services.GetRequiredService<SearchIndex>().WorkAsync(cancellationToken);
        }));
    }

    private static async Task<(double Rate, double Processor)> TimedAsync(int count, Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await work();
        process.Refresh();
        return (count / watch.Elapsed.TotalSeconds, (process.TotalProcessorTime - before).TotalMicroseconds / count);
    }

    private async Task PollAsync(long feed, IReadOnlyList<SearchStory> stories, string key, CancellationToken cancellationToken)
    {
        var number = 0;
        foreach (var some in stories.Chunk(OfAPoll))
        {
            var rows = some.Select(s => new { Key = $"{key}:{number++}", s.Title, s.Text, Feed = feed, At = s.At.ToUnixTimeMilliseconds() }).ToList();
            await _database.InTransactionAsync(transaction => transaction.Connection!.ExecuteAsync(Insert, rows, transaction), cancellationToken);
        }
    }

    private async Task<long> FeedAsync()
    {
        await using var connection = await _database.OpenAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>("SELECT MAX(id) FROM feeds");
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = await _database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(new CommandDefinition(sql, commandTimeout: 0));
    }

    private Task WriteAsync(DbTransaction transaction, long feed, IReadOnlyList<(SearchStory Story, CastStory Cast)> stories)
    {
        var rows = new SearchRows(transaction, _database.IsShared);
        return rows.WriteAsync(feed, stories);
    }
}
