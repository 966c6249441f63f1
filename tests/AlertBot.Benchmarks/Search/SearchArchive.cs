using System.Data.Common;
using System.Diagnostics;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Search;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Benchmarks.Search;

/// <summary>Fills a database with stories that are to be searched, each with a few tags of actors and topics that are known, some much oftener than others.</summary>
internal sealed class SearchArchive(IServiceProvider services)
{
    private const int AtOnce = 5000;
    private const int OfAPoll = 50;

    private const string Insert =
        "INSERT INTO stories (story_key, link, title, body, feed_id, source, claimed_at, first_seen_at, sorted_at) VALUES (@Key, @Key, @Title, @Text, @Feed, 'Benchmark', @At, @At, @At)";

    private readonly Database _database = services.GetRequiredService<Database>();
    private readonly IReadOnlyList<Actor> _actors = services.GetRequiredService<KnowledgeBase>().Actors;
    private readonly IReadOnlyList<Topic> _topics = services.GetRequiredService<KnowledgeBase>().Topics;
    private readonly Random _random = new(3);

    public IEnumerable<string> Topics => Enumerable.Range(0, 20).Select(i => _topics[i * i % _topics.Count].Slug).Distinct();

    public IEnumerable<string> Actors => Enumerable.Range(0, 60).Select(i => _actors[i * i % _actors.Count].Slug).Distinct();

    public async Task<(double Stories, double Indexing)> BuildAsync(IEnumerable<SearchStory> stories, CancellationToken cancellationToken)
    {
        var feed = (await services.GetRequiredService<FeedStore>().AddAsync(new Uri("https://benchmark.example/feed"), "Benchmark", null, "benchmark", cancellationToken)).Feed.Id.Value;
        var watch = Stopwatch.StartNew();
        var number = 0L;
        foreach (var some in stories.Chunk(AtOnce))
        {
            var first = number + 1;
            await _database.InTransactionAsync(transaction => WriteAsync(transaction, feed, first, some), cancellationToken);
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

    /// <summary>The links of some stories that are there, the newest among them.</summary>
    public async Task<IReadOnlyList<string>> LinksAsync(int count)
    {
        await using var connection = await _database.OpenAsync(CancellationToken.None);
        var newest = await connection.ExecuteScalarAsync<long>("SELECT MAX(id) FROM stories");
        return [.. await connection.QueryAsync<string>("SELECT link FROM stories WHERE id IN @Ids", new { Ids = Enumerable.Range(0, count).Select(i => newest - (i * i * 7)).Where(i => i > 0) })];
    }

    public async Task<bool> IsEmptyAsync()
    {
        await using var connection = await _database.OpenAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM (SELECT 1 FROM stories LIMIT 1) s") == 0;
    }

    private async Task WriteAsync(DbTransaction transaction, long feed, long first, SearchStory[] stories)
    {
        var rows = stories.Select((s, i) => (Id: first + i, s.Title, s.Text, At: s.At.ToUnixTimeMilliseconds())).ToList();
        var tags = rows.SelectMany(r => TagsOf().Select(t => (Story: r.Id, t.Kind, t.Slug, r.At))).ToList();
        // Every fourth story has somebody's words, and every third goes on with the event of the one before.
        var quotes = tags.Where(t => t.Kind == "actor" && t.Story % 4 == 0).DistinctBy(t => t.Story).Select(t => (t.Story, t.Slug, Text: stories[t.Story - first].Text[..80])).ToList();
        var events = rows.Select(r => (Story: r.Id, Event: r.Id % 3 == 0 ? r.Id - 1 : r.Id, r.At)).ToList();
        const string IntoStories = "INSERT INTO stories (id, story_key, link, title, body, feed_id, source, claimed_at, first_seen_at, sorted_at)";
        const string IntoQuotes = "INSERT INTO quotes (story_id, section, start, text, speaker, speaker_name)";
        const string IntoEvents = "INSERT INTO events (id, last_seen_at)";
        const string IntoEventStories = "INSERT INTO event_stories (story_id, event_id, outlet, is_copy, likeness, shared)";
        const string IntoTags = "INSERT INTO tags (story_id, kind, slug, salience, evidence, sorted_at)";
        if (!_database.IsShared)
        {
            await transaction.Connection!.ExecuteAsync(
                $"{IntoStories} VALUES (@Id, @Key, @Link, @Title, @Text, @Feed, 'Benchmark', @At, @At, @At)", rows.Select(r => new { r.Id, Key = KeyOf(r.Id), Link = LinkOf(r.Id), r.Title, r.Text, Feed = feed, r.At }), transaction);
            await transaction.Connection!.ExecuteAsync($"{IntoTags} VALUES (@Story, @Kind, @Slug, 'main', '[]', @At)", tags.Select(t => new { t.Story, t.Kind, t.Slug, t.At }), transaction);
            await transaction.Connection!.ExecuteAsync($"{IntoQuotes} VALUES (@Story, 'body', 0, @Text, @Slug, @Slug)", quotes.Select(q => new { q.Story, q.Text, q.Slug }), transaction);
            await transaction.Connection!.ExecuteAsync($"{IntoEvents} VALUES (@Event, @At)", events.Where(e => e.Event == e.Story).Select(e => new { e.Event, e.At }), transaction);
            await transaction.Connection!.ExecuteAsync($"{IntoEventStories} VALUES (@Story, @Event, @Outlet, 0, 1, '')", events.Select(e => new { e.Story, e.Event, Outlet = OutletOf(e.Story) }), transaction);
            return;
        }

        await SpreadAsync(
            transaction,
            $"{IntoStories} SELECT i, k, l, t, b, {feed}, 'Benchmark', a, a, a FROM unnest(@p0, @p1, @p2, @p3, @p4, @p5) AS r (i, k, l, t, b, a)",
            rows.Select(r => r.Id).ToArray(), rows.Select(r => KeyOf(r.Id)).ToArray(), rows.Select(r => LinkOf(r.Id)).ToArray(), rows.Select(r => r.Title).ToArray(), rows.Select(r => r.Text).ToArray(), rows.Select(r => r.At).ToArray());
        await SpreadAsync(
            transaction,
            $"{IntoTags} SELECT s, k, g, 'main', '[]', a FROM unnest(@p0, @p1, @p2, @p3) AS r (s, k, g, a)",
            tags.Select(t => t.Story).ToArray(), tags.Select(t => t.Kind).ToArray(), tags.Select(t => t.Slug).ToArray(), tags.Select(t => t.At).ToArray());
        await SpreadAsync(
            transaction, $"{IntoQuotes} SELECT s, 'body', 0, t, g, g FROM unnest(@p0, @p1, @p2) AS r (s, t, g)",
            quotes.Select(q => q.Story).ToArray(), quotes.Select(q => q.Text).ToArray(), quotes.Select(q => q.Slug).ToArray());
        var begun = events.Where(e => e.Event == e.Story).ToList();
        await SpreadAsync(transaction, $"{IntoEvents} SELECT e, a FROM unnest(@p0, @p1) AS r (e, a)", begun.Select(e => e.Event).ToArray(), begun.Select(e => e.At).ToArray());
        await SpreadAsync(
            transaction, $"{IntoEventStories} SELECT s, e, o, 0, 1, '' FROM unnest(@p0, @p1, @p2) AS r (s, e, o)",
            events.Select(e => e.Story).ToArray(), events.Select(e => e.Event).ToArray(), events.Select(e => OutletOf(e.Story)).ToArray());
    }

    private static string OutletOf(long story) => $"outlet{story % 40}.example";

    private static string LinkOf(long id) => $"https://benchmark.example/{id}";

    private static string KeyOf(long id) => CanonicalLink.Of(LinkOf(id))!;

    private static async Task SpreadAsync(DbTransaction transaction, string sql, params object[] columns)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (i, column) in columns.Index())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"p{i}", column);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }

    private IEnumerable<(string Kind, string Slug)> TagsOf() =>
        Enumerable.Range(0, 2).Select(_ => ("actor", _actors[Popular(_actors.Count)].Slug)).Append(("topic", _topics[Popular(_topics.Count)].Slug)).Distinct();

    private int Popular(int count) => Math.Min(count - 1, Math.Max(0, (int)Math.Pow(count, Math.Pow(_random.NextDouble(), 0.7)) - 1));
}
