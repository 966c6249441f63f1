using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using AlertBot.Tagging;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Benchmarks.Scale;

/// <summary>
/// An archive of so many stories, a thousand a day, each with an alert that was sent. The first ones are written as the bot writes them; the rest are
/// copies of those in the database, with ids, keys, links and times of their own.
/// </summary>
internal sealed class ScaleArchive(IServiceProvider services, ScaleNews news)
{
    private const int Original = 10_000;
    private const long Day = 86_400_000;
    private const long Between = Day / 1000;

    // Each takes the block before it as it is and gives it another place: @Ids further in the numbers, @Ago earlier in time.
    private static readonly string[] Copies =
    [
        """
        INSERT INTO stories (id, story_key, link, title, author, body, feed_id, source, claimed_at, first_seen_at, sorted_at)
        SELECT id + @Ids, story_key || '-' || @Block, link || '-' || @Block, title, author, body, feed_id, source, claimed_at - @Ago, first_seen_at - @Ago, sorted_at - @Ago FROM stories WHERE id <= @Ids0
        """,
        "INSERT INTO brought_stories (feed_id, story_id, content_hash, text_hash, first_seen_at) SELECT feed_id, story_id + @Ids, content_hash, text_hash, first_seen_at - @Ago FROM brought_stories WHERE story_id <= @Ids0",
        "INSERT INTO entry_keys (feed_id, entry_key, story_id) SELECT feed_id, entry_key / 2 + @Block * 9223372036854, story_id + @Ids FROM entry_keys WHERE story_id <= @Ids0 ON CONFLICT DO NOTHING",
        "INSERT INTO tags (story_id, kind, slug, salience, evidence, sorted_at) SELECT story_id + @Ids, kind, slug, salience, evidence, sorted_at - @Ago FROM tags WHERE story_id <= @Ids0",
        "INSERT INTO quotes (story_id, section, start, text, speaker, speaker_name, rule, direct, sorted_at) SELECT story_id + @Ids, section, start, text, speaker, speaker_name, rule, direct, sorted_at - @Ago FROM quotes WHERE story_id <= @Ids0",
        "INSERT INTO events (id, last_seen_at) SELECT id + @Ids, last_seen_at - @Ago FROM events WHERE id <= @Ids0",
        "INSERT INTO event_stories (story_id, event_id, outlet, is_copy, likeness, shared) SELECT story_id + @Ids, event_id + @Ids, outlet, is_copy, likeness, shared FROM event_stories WHERE story_id <= @Ids0",
        """
        INSERT INTO outbox (channel, kind, story_id, event_id, reasons, state, created_at, attempts, next_attempt_at, message_id, sent_at, shown_hash)
        SELECT channel, kind, story_id + @Ids, event_id + @Ids, reasons, state, created_at - @Ago, attempts, next_attempt_at - @Ago, message_id, sent_at - @Ago, shown_hash FROM outbox WHERE story_id <= @Ids0
        """,
    ];

    private readonly Database _database = services.GetRequiredService<Database>();

    /// <returns>The feed that brought them.</returns>
    public async Task<Feed> BuildAsync(int stories, SubscriptionMatcher follows, CancellationToken cancellationToken)
    {
        var feeds = services.GetRequiredService<FeedStore>();
        var feed = (await feeds.AddAsync(new Uri("https://benchmark.example/feed"), null, null, "benchmark", cancellationToken)).Feed;
        var original = Math.Min(stories, Original);
        foreach (var chunk in Enumerable.Range(0, original).Chunk(1000))
        {
            await WriteAsync(feed, chunk, follows, original, cancellationToken);
        }

        await (_database.IsShared ? Task.CompletedTask : SetCacheAsync(cancellationToken));
        for (var block = 1; block * original < stories; block++)
        {
            var values = new { Block = block, Ids = (long)block * original, Ids0 = Math.Min(original, stories - block * original), Ago = block * original * Between };
            await _database.InTransactionAsync(
                async transaction =>
                {
                    foreach (var copy in Copies)
                    {
                        await transaction.Connection!.ExecuteAsync(new CommandDefinition(copy, values, transaction, commandTimeout: 0, cancellationToken: cancellationToken));
                    }
                },
                cancellationToken);
        }

        await _database.InTransactionAsync(t => t.Connection!.ExecuteAsync("UPDATE feeds SET baseline_at = 1, succeeded_at = 1", transaction: t), cancellationToken);
        await (_database.IsShared ? AnalyseAsync(cancellationToken) : Task.CompletedTask);
        return (await feeds.ListAsync(cancellationToken)).Single();
    }

    private async Task WriteAsync(Feed feed, int[] numbers, SubscriptionMatcher follows, int original, CancellationToken cancellationToken)
    {
        var (tagger, identities) = (services.GetRequiredService<StoryTagger>(), services.GetRequiredService<IdentityStore>());
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var intake = await services.GetRequiredService<StoryDesk>().AdmitAsync(
            feed, [.. numbers.Select(n => news.Story(n, now - TimeSpan.FromMilliseconds((original - n) * Between)))], cancellationToken);
        var finder = new EventFinder();
        await _database.InTransactionAsync(
            async transaction =>
            {
                foreach (var admission in intake.Admissions.OfType<Admission.New>())
                {
                    var story = admission.Story with { FirstSeenAt = admission.Story.ClaimedAt!.Value.AddMinutes(5) };
                    var tags = tagger.Tag(StoryText.Of(story));
                    var id = (await StoryStore.InsertAsync(transaction, feed.Id, story))!.Value;
                    await identities.RecordAsync(transaction, feed.Id, admission.Entry, id, Recording.KeysAndHash);
                    await TagStore.RecordAsync(transaction, id, story.SortedAt, tags);
                    var happening = await EventStore.RecordAsync(transaction, id, story, finder.Place(EventStore.Read(id, story)));
                    await services.GetRequiredService<Outbox>().EnqueueAsync(transaction, happening, [.. AlertPlanner.Plan(id, tags, follows, now).Take(1)]);
                }

                await transaction.Connection!.ExecuteAsync(
                    "UPDATE outbox SET state = 'sent', attempts = 1, message_id = '1234567890123456789', shown_hash = '0123456789abcdef', created_at = s.first_seen_at, sent_at = s.first_seen_at FROM stories s WHERE s.id = outbox.story_id AND state = 'pending'",
                    transaction: transaction);
            },
            cancellationToken);
    }

    // What is asked is measured with the bot's own settings, by other connections; only the building has more.
    private Task SetCacheAsync(CancellationToken cancellationToken) =>
        _database.InTransactionAsync(t => t.Connection!.ExecuteAsync("PRAGMA cache_size = -2000000", transaction: t), cancellationToken);

    // The server does both by itself in time; the numbers of stories go on behind the copies.
    private async Task AnalyseAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync("SELECT setval(pg_get_serial_sequence('stories', 'id'), (SELECT MAX(id) FROM stories))");
        await connection.ExecuteAsync(new CommandDefinition("VACUUM ANALYZE", commandTimeout: 0, cancellationToken: cancellationToken));
    }

    /// <summary>Follows of a few kinds, five in each channel; what is written about much is followed much.</summary>
    public async Task FollowAsync(int follows, IReadOnlyList<Topic> topics, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<SubscriptionStore>();
        await _database.InTransactionAsync(
            async transaction =>
            {
                for (int made = 0, number = 0; made < follows; number++)
                {
                    var (one, other, topic) = (news.Actor().Slug, news.Actor().Slug, topics[news.Next(topics.Count)].Slug);
                    var expression = (number % 5) switch
                    {
                        0 => one,
                        1 => $"{one} and topic:{topic}",
                        2 => $"{one} or {other}",
                        3 => $"mentions:{one} and not topic:{topic}",
                        _ => $"topic:{topic} and ({one} or {other})",
                    };
                    made += await store.AddAsync(
                        transaction, new FollowOrigin(new ChannelAddress("local", $"channel{made / 5}"), "benchmark", "benchmark", null, null), FollowParser.ParseStored(expression)) ? 1 : 0;
                }
            },
            cancellationToken);
    }
}
