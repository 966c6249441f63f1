using System.Data.Common;
using AlertBot.Feeds;
using AlertBot.Storage;
using AlertBot.Stories.Search;
using Dapper;

namespace AlertBot.Stories;

/// <summary>The archive. Text can be pruned by age; the identity of what was seen stays for ever.</summary>
internal sealed class StoryStore(Database database, TimeProvider time)
{
    private const string Columns =
        "s.id, s.story_key AS StoryKey, s.link, s.title, s.author, s.body, s.source, s.claimed_at AS ClaimedAt, s.first_seen_at AS FirstSeenAt";

    private const string Kept = "stories s WHERE s.pruned_at IS NULL";

    /// <summary>Of stories s: their text may be forgotten where they came before @Before. What waits to be sent keeps it.</summary>
    public const string Prunable =
        "s.pruned_at IS NULL AND s.first_seen_at < @Before AND NOT EXISTS (SELECT 1 FROM outbox w WHERE w.story_id = s.id AND w.state IN ('pending', 'held'))";

    private const string Behind = "(s.sorted_at, s.id) < (@SortedAt, @Id)";

    private const string Tagged = "tags WHERE kind = @Kind AND slug = @Slug AND sorted_at >= @Since AND is_pruned = 0";

    /// <summary>Stores a new story. Null if another feed stored the same one in the meantime.</summary>
    public static async Task<StoryId?> InsertAsync(DbTransaction transaction, FeedId feed, Story story)
    {
        var id = await transaction.Connection!.ExecuteScalarAsync<long?>(
            """
            INSERT INTO stories (story_key, link, title, author, body, feed_id, source, claimed_at, first_seen_at, sorted_at)
            SELECT @Key, @Link, @Title, @Author, @Body, @Feed, @Source, @ClaimedAt, @FirstSeenAt, @SortedAt
            WHERE NOT EXISTS (SELECT 1 FROM story_links WHERE link = @Key)
            ON CONFLICT (story_key) DO NOTHING RETURNING id
            """,
            new
            {
                Key = story.Key.Value,
                story.Link,
                story.Title,
                story.Author,
                story.Body,
                Feed = feed.Value,
                story.Source,
                ClaimedAt = story.ClaimedAt?.ToUnixTimeMilliseconds(),
                FirstSeenAt = story.FirstSeenAt.ToUnixTimeMilliseconds(),
                SortedAt = story.SortedAt.ToUnixTimeMilliseconds(),
            },
            transaction);
        return id is { } value ? new StoryId(value) : null;
    }

    /// <summary>Replaces the text of an edited story; its identity and its place in time stay.</summary>
    /// <param name="story">Without a link where the old one shall stay: another page is another story.</param>
    public static async Task UpdateAsync(DbTransaction transaction, Story story)
    {
        await transaction.Connection!.ExecuteAsync(
            "UPDATE stories SET title = @Title, author = @Author, body = @Body, link = COALESCE(@Link, link), pruned_at = NULL WHERE id = @Id",
            new { Id = story.Id.Value, story.Link, story.Title, story.Author, story.Body },
            transaction);
        await transaction.Connection!.ExecuteAsync("UPDATE tags SET is_pruned = 0 WHERE story_id = @Id AND is_pruned = 1", new { Id = story.Id.Value }, transaction);
        await SearchIndex.MarkChangedAsync(transaction, [story.Id]);
    }

    /// <summary>Null where there is no such story or its text was pruned.</summary>
    public async Task<Story?> FindAsync(StoryId id, CancellationToken cancellationToken)
    {
        var found = await ListAsync($"{Kept} AND s.id = @Id", new { Id = id.Value }, cancellationToken);
        return found.SingleOrDefault();
    }

    /// <summary>The stories with these numbers in the index of words, in this order. Those whose text is forgotten are left out.</summary>
    public async Task<IReadOnlyList<Story>> OfDocumentsAsync(IReadOnlyList<long> documents, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(
            $"SELECT d.doc AS Document, {Columns} FROM search_documents d JOIN stories s ON s.id = d.story_id WHERE {database.OneOf("d.doc", "@List")} AND s.pruned_at IS NULL",
            new { List = Database.ListOf(documents) })).ToDictionary(r => r.Document);
        return [.. documents.Where(rows.ContainsKey).Select(d => rows[d].ToStory())];
    }

    /// <summary>The same, newest first where the numbers are, each with its text up to so many characters, to be held against each other.</summary>
    public async Task<IReadOnlyList<(long Document, Story Story)>> BeginningsAsync(IReadOnlyList<long> documents, int characters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(
            $"SELECT d.doc AS Document, {Columns.Replace("s.body", "SUBSTR(s.body, 1, @characters) AS body", StringComparison.Ordinal)} FROM search_documents d JOIN stories s ON s.id = d.story_id WHERE {database.OneOf("d.doc", "@List")} AND s.pruned_at IS NULL",
            new { List = Database.ListOf(documents), characters })).ToDictionary(r => r.Document);
        return [.. documents.Where(rows.ContainsKey).Select(d => (d, rows[d].ToStory()))];
    }

    /// <summary>The newest stories, by the earlier of claimed and seen.</summary>
    /// <param name="since">None before it.</param>
    /// <param name="skip">How many of the newest are left out.</param>
    public Task<IReadOnlyList<Story>> NewestAsync(DateTimeOffset since, int skip, int count, CancellationToken cancellationToken) =>
        ListAsync($"{Kept} AND s.sorted_at >= @Since ORDER BY s.sorted_at DESC, s.id DESC LIMIT @Count OFFSET @Skip", new { Since = since.ToUnixTimeMilliseconds(), Count = count, Skip = skip }, cancellationToken);

    public Task<IReadOnlyList<Story>> NewestAsync(int count, CancellationToken cancellationToken) => NewestAsync(DateTimeOffset.MinValue, 0, count, cancellationToken);

    /// <summary>The stories behind a place of the archive, newest first, pruned ones included.</summary>
    /// <param name="place">Null: from the newest on.</param>
    public async Task<IReadOnlyList<ArchivedStory>> BehindAsync(ArchivePlace? place, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            $"SELECT {Columns}, s.pruned_at IS NOT NULL AS IsPruned FROM stories s WHERE {Behind} ORDER BY s.sorted_at DESC, s.id DESC LIMIT @Count",
            new { SortedAt = place?.SortedAt ?? long.MaxValue, Id = place?.Id.Value ?? long.MaxValue, Count = count });
        return [.. rows.Select(r => new ArchivedStory(r.ToStory(), r.IsPruned))];
    }

    /// <summary>How many stories the archive has behind a place, pruned ones included.</summary>
    /// <param name="place">Null: all.</param>
    public Task<long> CountBehindAsync(ArchivePlace? place, CancellationToken cancellationToken) =>
        CountAsync($"stories s WHERE {Behind}", new { SortedAt = place?.SortedAt ?? long.MaxValue, Id = place?.Id.Value ?? long.MaxValue }, cancellationToken);

    /// <summary>Whether a story's text is still this one, seen in the caller's transaction.</summary>
    public static async Task<bool> IsCurrentAsync(DbTransaction transaction, Story story) =>
        await transaction.Connection!.ExecuteScalarAsync<bool>(
            "SELECT COUNT(*) FROM stories WHERE id = @Id AND title = @Title AND body = @Body", new { Id = story.Id.Value, story.Title, story.Body }, transaction);

    /// <summary>Whether the archive still has these stories with this text.</summary>
    public async Task<bool> AreCurrentAsync(IReadOnlyList<Story> held, CancellationToken cancellationToken)
    {
        var now = held.Count == 0 ? [] : (await ListAsync($"{Kept} AND s.id IN @Ids", new { Ids = held.Select(s => s.Id.Value) }, cancellationToken)).ToDictionary(s => s.Id);
        return held.All(s => now.TryGetValue(s.Id, out var same) && (same.Title, same.Body, same.Link) == (s.Title, s.Body, s.Link));
    }

    /// <summary>How many stories the archive has whose text was not pruned.</summary>
    /// <param name="since">Only those from then on.</param>
    /// <param name="most">It is not counted further.</param>
    public Task<long> CountAsync(DateTimeOffset since, long most, CancellationToken cancellationToken) =>
        CountAsync($"(SELECT 1 FROM {Kept} AND s.sorted_at >= @Since LIMIT @Most) n", new { Since = since.ToUnixTimeMilliseconds(), Most = most }, cancellationToken);

    /// <summary>The stories stored after another, in the order of their storing; at most 100.</summary>
    public Task<IReadOnlyList<Story>> AfterAsync(StoryId id, CancellationToken cancellationToken) =>
        ListAsync($"{Kept} AND s.id > @Id ORDER BY s.id LIMIT 100", new { Id = id.Value }, cancellationToken);

    /// <summary>The id of the story stored last; 0 while there is none.</summary>
    public async Task<StoryId> NewestIdAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return new StoryId(await connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(id), 0) FROM stories"));
    }

    /// <summary>The newest stories of a time, newest first, pruned ones left out.</summary>
    /// <param name="from">The first moment; <paramref name="to"/> is behind the last.</param>
    public async Task<IReadOnlyList<StoryId>> IdsBetweenAsync(DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<long>(
            "SELECT id FROM stories WHERE sorted_at >= @From AND sorted_at < @To AND pruned_at IS NULL ORDER BY sorted_at DESC, id DESC LIMIT @Most",
            new { From = from.ToUnixTimeMilliseconds(), To = to.ToUnixTimeMilliseconds(), Most = most })).Select(id => new StoryId(id))];
    }

    /// <summary>The stories that came since a moment, the last ones first, pruned ones left out.</summary>
    /// <param name="oldest">None that its publisher dates earlier.</param>
    public async Task<IReadOnlyList<StoryId>> IdsSeenAsync(DateTimeOffset since, DateTimeOffset oldest, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<long>(
            "SELECT id FROM stories WHERE first_seen_at >= @Since AND sorted_at >= @Oldest AND pruned_at IS NULL ORDER BY first_seen_at DESC, id DESC LIMIT @Most",
            new { Since = since.ToUnixTimeMilliseconds(), Oldest = oldest.ToUnixTimeMilliseconds(), Most = most })).Select(id => new StoryId(id))];
    }

    /// <summary>The newest stories with a tag.</summary>
    /// <param name="kind">As stored with the tag.</param>
    /// <param name="since">None before it.</param>
    /// <param name="skip">How many of the newest are left out.</param>
    public Task<IReadOnlyList<Story>> NewestTaggedAsync(string kind, string slug, DateTimeOffset since, int skip, int count, CancellationToken cancellationToken) => ListAsync(
        $"""
        (SELECT story_id, sorted_at FROM {Tagged} ORDER BY sorted_at DESC, story_id DESC LIMIT @Count OFFSET @Skip) t
        JOIN stories s ON s.id = t.story_id AND s.pruned_at IS NULL ORDER BY t.sorted_at DESC, t.story_id DESC
        """,
        new { Kind = kind, Slug = slug, Since = since.ToUnixTimeMilliseconds(), Count = count, Skip = skip },
        cancellationToken);

    /// <inheritdoc cref="NewestTaggedAsync(string, string, DateTimeOffset, int, int, CancellationToken)"/>
    public Task<IReadOnlyList<Story>> NewestTaggedAsync(string kind, string slug, int count, CancellationToken cancellationToken) =>
        NewestTaggedAsync(kind, slug, DateTimeOffset.MinValue, 0, count, cancellationToken);

    /// <summary>How many stories with a tag the archive has whose text was not pruned.</summary>
    /// <param name="kind">As stored with the tag.</param>
    /// <param name="since">Only those from then on.</param>
    /// <param name="most">It is not counted further.</param>
    public Task<long> CountTaggedAsync(string kind, string slug, DateTimeOffset since, long most, CancellationToken cancellationToken) =>
        CountAsync($"(SELECT 1 FROM {Tagged} LIMIT @Most) n", new { Kind = kind, Slug = slug, Since = since.ToUnixTimeMilliseconds(), Most = most }, cancellationToken);

    private async Task<IReadOnlyList<Story>> ListAsync(string which, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>($"SELECT {Columns} FROM {which}", parameters)).Select(r => r.ToStory())];
    }

    private async Task<long> CountAsync(string which, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {which}", parameters);
    }

    /// <summary>
    /// Forgets the text, quotes and evidence of stories first seen before <paramref name="before"/>, a batch at a time. A
    /// story whose alert still waits keeps its text. Identities and tags stay.
    /// </summary>
    /// <returns>How many stories were pruned; fewer than <paramref name="batch"/> when none is left.</returns>
    public Task<int> PruneAsync(DateTimeOffset before, int batch, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                var ids = (await connection.QueryAsync<long>(
                    $"""
                    UPDATE stories SET title = NULL, author = NULL, body = NULL, pruned_at = @Now
                    WHERE id IN (SELECT s.id FROM stories s WHERE {Prunable} ORDER BY s.first_seen_at LIMIT @Batch)
                    RETURNING id
                    """,
                    new { Now = time.GetUtcNow().ToUnixTimeMilliseconds(), Before = before.ToUnixTimeMilliseconds(), Batch = batch },
                    transaction)).Select(id => new { Id = id }).ToList();
                await connection.ExecuteAsync("UPDATE tags SET evidence = '[]', is_pruned = 1 WHERE story_id = @Id", ids, transaction);
                await connection.ExecuteAsync("DELETE FROM quotes WHERE story_id = @Id", ids, transaction);
                await SearchIndex.MarkChangedAsync(transaction, ids.Select(i => new StoryId(i.Id)));
                return ids.Count;
            },
            cancellationToken);

    private sealed class Row
    {
        public long Document { get; init; }
        public long Id { get; init; }
        public string StoryKey { get; init; } = "";
        public string? Link { get; init; }
        public string Title { get; init; } = "";
        public string? Author { get; init; }
        public string Body { get; init; } = "";
        public string Source { get; init; } = "";
        public long? ClaimedAt { get; init; }
        public long FirstSeenAt { get; init; }
        public bool IsPruned { get; init; }

        public Story ToStory() => new(
            new StoryId(Id), new StoryKey(StoryKey), Link, Title, Author, Body, Source,
            ClaimedAt is { } claimed ? DateTimeOffset.FromUnixTimeMilliseconds(claimed) : null, DateTimeOffset.FromUnixTimeMilliseconds(FirstSeenAt));
    }
}
