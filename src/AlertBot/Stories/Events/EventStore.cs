using System.Data.Common;
using System.Globalization;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Stories.Events;

/// <summary>Which story belongs to which event, and by what it was told. A story's event never changes, whatever becomes of its text.</summary>
internal sealed class EventStore(Database database)
{
    /// <summary>Stores where a new story was placed.</summary>
    public static async Task<HappeningId> RecordAsync(DbTransaction transaction, StoryId id, Story story, Placement placement)
    {
        var row = new
        {
            Story = id.Value,
            Event = long.Parse(placement.Event, CultureInfo.InvariantCulture),
            Outlet = OutletOf(story),
            placement.IsCopy,
            placement.Likeness,
            Shared = string.Join(' ', placement.Shared),
            SeenAt = story.FirstSeenAt.ToUnixTimeMilliseconds(),
        };
        await transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO events (id, last_seen_at) VALUES (@Event, @SeenAt) ON CONFLICT (id) DO UPDATE SET last_seen_at = excluded.last_seen_at;
            INSERT INTO event_stories (story_id, event_id, outlet, is_copy, likeness, shared) VALUES (@Story, @Event, @Outlet, @IsCopy, @Likeness, @Shared);
            """,
            row,
            transaction);
        return new HappeningId(row.Event);
    }

    /// <summary>A story as the finder reads it.</summary>
    public static EventStory Read(StoryId id, Story story) => new(id.ToString(), story.Title, story.Body, story.SortedAt, OutletOf(story));

    public static async Task<HappeningId?> EventOfAsync(DbTransaction transaction, StoryId story) =>
        await transaction.Connection!.ExecuteScalarAsync<long?>("SELECT event_id FROM event_stories WHERE story_id = @Story", new { Story = story.Value }, transaction) is { } id ? new HappeningId(id) : null;

    /// <summary>What became of the event that a story belongs to; a story that was old when it came is one by itself. Null: there is no such story.</summary>
    public async Task<StoryEvent?> FindAsync(StoryId story, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(
            """
            SELECT t.event_id AS EventId, t.story_id AS StoryId, t.outlet, t.is_copy AS IsCopy, t.shared, s.source, s.title, s.link, s.sorted_at AS SortedAt
            FROM event_stories mine JOIN event_stories t ON t.event_id = mine.event_id JOIN stories s ON s.id = t.story_id
            WHERE mine.story_id = @Story
            UNION ALL SELECT s.id, s.id, s.source, 0, '', s.source, s.title, s.link, s.sorted_at FROM stories s
            WHERE s.id = @Story AND NOT EXISTS (SELECT 1 FROM event_stories e WHERE e.story_id = @Story)
            ORDER BY 2
            """,
            new { Story = story.Value })).ToList();
        return rows.Count == 0 ? null : new StoryEvent(new HappeningId(rows[0].EventId), [.. rows.Select(r => r.ToTelling())]);
    }

    /// <summary>What the stories of an event say and when they claim to be from, by story; pruned ones are left out.</summary>
    public async Task<IReadOnlyDictionary<StoryId, (string Text, DateTimeOffset? Published)>> TextsAsync(HappeningId happening, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Id, string Title, string Body, long? ClaimedAt)>(
            "SELECT s.id, s.title, s.body, s.claimed_at FROM event_stories t JOIN stories s ON s.id = t.story_id WHERE t.event_id = @Event AND s.pruned_at IS NULL", new { Event = happening.Value });
        return rows.ToDictionary(r => new StoryId(r.Id), r => ($"{r.Title}\n\n{r.Body}", r.ClaimedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : (DateTimeOffset?)null));
    }

    /// <summary>When a channel was alerted to an event; null if it was not.</summary>
    /// <param name="channel">Its address as text.</param>
    public async Task<DateTimeOffset?> AlertedAtAsync(HappeningId happening, string channel, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(sent_at) FROM outbox WHERE event_id = @Event AND channel = @Channel AND state = 'sent'", new { Event = happening.Value, Channel = channel }) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }

    /// <summary>The events of stories, each with how many outlets told it and those of the stories that belong to it; the newest last. No text is read.</summary>
    public async Task<IReadOnlyList<CountedEvent>> CountAsync(IReadOnlyCollection<StoryId> stories, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var told = await PlacesAsync(connection, stories);
        var outlets = (await connection.QueryAsync<(long Event, int Count)>(
            $"SELECT event_id, COUNT(DISTINCT outlet) FROM event_stories WHERE {database.OneOf("event_id", "@List")} GROUP BY event_id", new { List = Database.ListOf(told.Values.Distinct().Select(e => e.Value)) })).ToDictionary(r => r.Event, r => r.Count);
        return [.. told.GroupBy(t => t.Value, t => t.Key).Select(e => new CountedEvent(e.Key, outlets.GetValueOrDefault(e.Key.Value, 1), [.. e])).OrderBy(e => e.Id.Value)];
    }

    /// <summary>
    /// The events of stories, newest first, each by its first telling: what the stories were told of before there were events stands for
    /// itself.
    /// </summary>
    public async Task<IReadOnlyList<DatedEvent>> OfStoriesAsync(IReadOnlyCollection<StoryId> stories, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var events = (await PlacesAsync(connection, stories)).Values.Distinct().Select(e => e.Value);
        // The first that still has a text tells it.
        var rows = await connection.QueryAsync<(long Event, long Story, string Title, string? Link, string Source, long At, string Outlet)>(
            $"""
            SELECT COALESCE(t.event_id, s.id) AS event, s.id, s.title, s.link, s.source, s.sorted_at, COALESCE(t.outlet, s.source)
            FROM (SELECT m.story_id AS id FROM event_stories m WHERE {database.OneOf("m.event_id", "@List")} UNION SELECT x.id FROM stories x WHERE {database.OneOf("x.id", "@List")}) i
            JOIN stories s ON s.id = i.id LEFT JOIN event_stories t ON t.story_id = s.id
            WHERE s.pruned_at IS NULL ORDER BY s.id
            """,
            new { List = Database.ListOf(events) });
        var found = rows.GroupBy(r => r.Event).Select(e => (First: e.First(), Outlets: e.Select(r => r.Outlet).Distinct().Count())).Select(e => new DatedEvent(
            new HappeningId(e.First.Event), new StoryId(e.First.Story), e.First.Title, e.First.Link, e.First.Source, DateTimeOffset.FromUnixTimeMilliseconds(e.First.At), e.Outlets));
        return [.. found.OrderByDescending(e => e.At).ThenByDescending(e => e.Id.Value)];
    }

    /// <summary>The event of each story; one of before there were events stands for itself.</summary>
    public async Task<IReadOnlyDictionary<StoryId, HappeningId>> PlacesAsync(IReadOnlyCollection<StoryId> stories, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await PlacesAsync(connection, stories);
    }

    private async Task<IReadOnlyDictionary<StoryId, HappeningId>> PlacesAsync(DbConnection connection, IReadOnlyCollection<StoryId> stories)
    {
        var placed = (await connection.QueryAsync<(long Story, long Event)>(
            $"SELECT story_id, event_id FROM event_stories WHERE {database.OneOf("story_id", "@List")}", new { List = Database.ListOf(stories.Select(s => s.Value)) })).ToDictionary(r => r.Story, r => r.Event);
        return stories.Distinct().ToDictionary(s => s, s => new HappeningId(placed.GetValueOrDefault(s.Value, s.Value)));
    }

    /// <summary>The stories of the events that were told of lately, in their order, each with its event.</summary>
    public async Task<IReadOnlyList<(EventStory Story, string Event)>> RecentAsync(DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await RecentAsync(connection, null, since, 0, most);
    }

    /// <summary>Those of them that came after a story.</summary>
    public static Task<IReadOnlyList<(EventStory Story, string Event)>> RecentAsync(DbTransaction transaction, DateTimeOffset since, long after, int most) =>
        RecentAsync(transaction.Connection!, transaction, since, after, most);

    /// <summary>The story that was placed last; 0 before the first.</summary>
    public static Task<long> NewestAsync(DbTransaction transaction) =>
        transaction.Connection!.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(story_id), 0) FROM event_stories", transaction: transaction);

    private static async Task<IReadOnlyList<(EventStory Story, string Event)>> RecentAsync(DbConnection connection, DbTransaction? transaction, DateTimeOffset since, long after, int most)
    {
        var rows = await connection.QueryAsync<(long Id, string Title, string Body, long SortedAt, string Outlet, long Event)>(
            """
            SELECT s.id, s.title, s.body, s.sorted_at, t.outlet, t.event_id
            FROM events e JOIN event_stories t ON t.event_id = e.id JOIN stories s ON s.id = t.story_id
            WHERE e.last_seen_at >= @Since AND t.story_id > @After AND s.pruned_at IS NULL ORDER BY s.id DESC LIMIT @Most
            """,
            new { Since = since.ToUnixTimeMilliseconds(), After = after, Most = most },
            transaction);
        return [.. rows.Reverse().Select(r => (
            new EventStory(Text(r.Id), r.Title, r.Body, DateTimeOffset.FromUnixTimeMilliseconds(r.SortedAt), r.Outlet), Text(r.Event)))];

        static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
    }

    // A site with many feeds is one outlet.
    private static string OutletOf(Story story) => Uri.TryCreate(story.Link, UriKind.Absolute, out var link) ? link.Host : story.Source;

    private sealed class Row
    {
        public long EventId { get; init; }
        public long StoryId { get; init; }
        public string Outlet { get; init; } = "";
        public bool IsCopy { get; init; }
        public string Shared { get; init; } = "";
        public string Source { get; init; } = "";
        public string? Title { get; init; }
        public string? Link { get; init; }
        public long SortedAt { get; init; }

        public Telling ToTelling() => new(new StoryId(StoryId), Outlet, IsCopy, Shared, Source, Title ?? "", Link, DateTimeOffset.FromUnixTimeMilliseconds(SortedAt));
    }
}
