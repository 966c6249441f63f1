using AlertBot.Feeds;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Moderation;

/// <summary>What the database tells of one feed beside the feed itself.</summary>
/// <param name="Formerly">Addresses that it had.</param>
internal sealed record FeedFigures(
    DateTimeOffset AddedAt, DateTimeOffset? PolledAt, IReadOnlyList<string> Formerly, long Today, long Week, long Total, string? NewestTitle, string? NewestLink, DateTimeOffset? NewestAt);

/// <summary>Reads the <see cref="FeedFigures"/>.</summary>
internal sealed class FeedFigureReader(Database database, TimeProvider time)
{
    public async Task<FeedFigures> ReadAsync(FeedId feed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenAsync(cancellationToken);
        var asked = new { Id = feed.Value, Day = now.AddDays(-1).ToUnixTimeMilliseconds(), Week = now.AddDays(-7).ToUnixTimeMilliseconds() };
        var row = await connection.QuerySingleAsync<Row>(
            """
            SELECT added_at AS AddedAt, polled_at AS PolledAt,
              (SELECT COUNT(*) FROM brought_stories WHERE feed_id = @Id AND first_seen_at >= @Day) AS Today,
              (SELECT COUNT(*) FROM brought_stories WHERE feed_id = @Id AND first_seen_at >= @Week) AS Week,
              (SELECT COUNT(*) FROM brought_stories WHERE feed_id = @Id) AS Total
            FROM feeds WHERE id = @Id
            """,
            asked);
        var newest = await connection.QueryFirstOrDefaultAsync<Newest>(
            """
            SELECT s.title, s.link, b.first_seen_at AS At FROM brought_stories b JOIN stories s ON s.id = b.story_id
            WHERE b.feed_id = @Id ORDER BY b.first_seen_at DESC, s.sorted_at DESC, s.id DESC LIMIT 1
            """,
            asked);
        var formerly = await connection.QueryAsync<string>("SELECT url FROM former_feed_addresses WHERE feed_id = @Id AND url <> (SELECT url FROM feeds WHERE id = @Id) ORDER BY url", asked);
        return new FeedFigures(At(row.AddedAt)!.Value, At(row.PolledAt), [.. formerly], row.Today, row.Week, row.Total, newest?.Title, newest?.Link, At(newest?.At));
    }

    /// <summary>The sites that the newest stories of feeds lead to, by feed.</summary>
    public async Task<IReadOnlyDictionary<FeedId, Uri>> SitesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Feed, string? Link)>(
            "SELECT b.feed_id, s.link FROM (SELECT feed_id, MAX(story_id) AS story_id FROM brought_stories GROUP BY feed_id) b JOIN stories s ON s.id = b.story_id");
        return rows.Where(r => FeedAddress.TryParse(r.Link ?? "", out _, out _)).ToDictionary(r => new FeedId(r.Feed), r => new Uri(new Uri(r.Link!).GetLeftPart(UriPartial.Authority)));
    }

    private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    private sealed class Row
    {
        public long AddedAt { get; init; }
        public long? PolledAt { get; init; }
        public long Today { get; init; }
        public long Week { get; init; }
        public long Total { get; init; }
    }

    private sealed class Newest
    {
        public string? Title { get; init; }
        public string? Link { get; init; }
        public long At { get; init; }
    }
}
