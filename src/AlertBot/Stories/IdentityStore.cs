using System.Data.Common;
using AlertBot.Feeds;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Stories;

/// <summary>
/// By what stories are known again, in each feed and over all. It is never pruned, so that what was seen once stays seen when its
/// text is long forgotten.
/// </summary>
internal sealed class IdentityStore(Database database, TimeProvider time)
{
    // SQLite takes a limited number of parameters in one statement.
    private const int Chunk = 400;

    private const string Keys =
        """
        INSERT INTO entry_keys (feed_id, entry_key, story_id) SELECT @Feed, @Guid, @Story WHERE @Guid IS NOT NULL
            ON CONFLICT (feed_id, entry_key) DO UPDATE SET story_id = excluded.story_id;
        INSERT INTO entry_keys (feed_id, entry_key, story_id)
            SELECT @Feed, said, @Story FROM (SELECT @TitleAndTime AS said UNION SELECT @TitleAndText UNION SELECT @TextAndTime) keys WHERE said IS NOT NULL
            ON CONFLICT (feed_id, entry_key) DO NOTHING;
        INSERT INTO story_links (link, story_id) SELECT @Link, @Story WHERE @Link IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stories WHERE story_key = @Link)
            ON CONFLICT (link) DO NOTHING
        """;

    private const string KeysAndHash =
        $"""
        INSERT INTO brought_stories (feed_id, story_id, content_hash, text_hash, first_seen_at) VALUES (@Feed, @Story, @ContentHash, @TextHash, @Now)
            ON CONFLICT (feed_id, story_id) DO UPDATE SET content_hash = excluded.content_hash, text_hash = excluded.text_hash;
        {Keys}
        """;

    /// <summary>Which of a feed's identities can be trusted, as far as was found out.</summary>
    public async Task<FeedTrust> TrustAsync(FeedId feed, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<FeedTrust>(
            "SELECT guids_repeat AS GuidsRepeat, links_repeat AS LinksRepeat FROM feed_trust WHERE feed_id = @Feed", new { Feed = feed.Value });
    }

    /// <summary>What the archive knows of these entries, in this feed and in all.</summary>
    public async Task<KnownStories> FindAsync(FeedId feed, IReadOnlyList<IdentifiedEntry> entries, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var byKey = new Dictionary<long, long>();
        foreach (var keys in entries.SelectMany(e => e.Keys.All).Distinct().Chunk(Chunk))
        {
            foreach (var (key, story) in await connection.QueryAsync<(long, long)>(
                "SELECT entry_key, story_id FROM entry_keys WHERE feed_id = @Feed AND entry_key IN @Keys", new { Feed = feed.Value, Keys = keys }))
            {
                byKey[key] = story;
            }
        }

        var byLink = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var links in entries.Select(e => e.Link).OfType<string>().Distinct().Chunk(Chunk))
        {
            foreach (var (link, story) in await connection.QueryAsync<(string, long)>(
                "SELECT story_key, id FROM stories WHERE story_key IN @Links UNION ALL SELECT link, story_id FROM story_links WHERE link IN @Links", new { Links = links }))
            {
                byLink[link] = story;
            }
        }

        var stories = await StoriesAsync(connection, feed, byKey.Values.Concat(byLink.Values).Distinct());
        return new KnownStories(byKey.ToDictionary(k => k.Key, k => stories[k.Value]), byLink.ToDictionary(l => l.Key, l => stories[l.Value], StringComparer.Ordinal));
    }

    /// <summary>Remembers what was found out of a feed.</summary>
    public static Task RecordTrustAsync(DbTransaction transaction, FeedId feed, FeedTrust trust) => trust == FeedTrust.Full
        ? Task.CompletedTask
        : transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO feed_trust (feed_id, guids_repeat, links_repeat) VALUES (@Feed, @GuidsRepeat, @LinksRepeat)
            ON CONFLICT (feed_id) DO UPDATE SET guids_repeat = excluded.guids_repeat, links_repeat = excluded.links_repeat
            """,
            new { Feed = feed.Value, trust.GuidsRepeat, trust.LinksRepeat },
            transaction);

    /// <summary>The story that bears a key, for one stored in the same transaction or by another feed meanwhile.</summary>
    public static async Task<StoryId> OwnerAsync(DbTransaction transaction, StoryKey key) => new(await transaction.Connection!.ExecuteScalarAsync<long>(
        "SELECT id FROM stories WHERE story_key = @Key UNION ALL SELECT story_id FROM story_links WHERE link = @Key", new { Key = key.Value }, transaction));

    /// <summary>Remembers that a feed has brought a story, under which keys and, if that is to be told by, with which text.</summary>
    public async Task RecordAsync(DbTransaction transaction, FeedId feed, IdentifiedEntry entry, StoryId story, Recording recording)
    {
        if (recording == Recording.Nothing)
        {
            return;
        }

        await transaction.Connection!.ExecuteAsync(
            recording == Recording.Keys ? Keys : KeysAndHash,
            new
            {
                Feed = feed.Value,
                Story = story.Value,
                ContentHash = entry.Keys.Whole,
                TextHash = entry.Keys.Text,
                entry.Link,
                entry.Keys.Guid,
                entry.Keys.TitleAndTime,
                entry.Keys.TitleAndText,
                entry.Keys.TextAndTime,
                Now = time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            transaction);
    }

    private static async Task<Dictionary<long, KnownStory>> StoriesAsync(DbConnection connection, FeedId feed, IEnumerable<long> ids)
    {
        var stories = new Dictionary<long, KnownStory>();
        foreach (var chunk in ids.Chunk(Chunk))
        {
            var rows = await connection.QueryAsync<(long Id, bool IsOwn, bool IsOfFeed, long? Hash, long? TextHash, string? Title)>(
                """
                SELECT s.id, s.feed_id = @Feed, b.story_id IS NOT NULL, b.content_hash, b.text_hash, s.title
                FROM stories s LEFT JOIN brought_stories b ON b.feed_id = @Feed AND b.story_id = s.id WHERE s.id IN @Ids
                """,
                new { Feed = feed.Value, Ids = chunk });
            foreach (var row in rows)
            {
                stories[row.Id] = new KnownStory(new StoryId(row.Id), row.Hash, row.IsOwn, row.IsOfFeed, row.TextHash, row.Title);
            }
        }

        return stories;
    }
}
