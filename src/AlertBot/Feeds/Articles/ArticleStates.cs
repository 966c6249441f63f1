using AlertBot.Storage;
using Dapper;

namespace AlertBot.Feeds.Articles;

/// <summary>How the reading of articles goes, feed by feed.</summary>
internal sealed class ArticleStates(Database database, TimeProvider time)
{
    public async Task<ArticleState?> FindAsync(FeedId feed, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>("SELECT read_at AS ReadAt, failed_at AS FailedAt, error FROM feed_articles WHERE feed_id = @Feed", new { Feed = feed.Value });
        return row is null ? null : new ArticleState(At(row.ReadAt), At(row.FailedAt), row.Error);
    }

    /// <param name="error">Why one or more were not read; null if all were.</param>
    public Task RecordAsync(FeedId feed, bool hasRead, string? error, CancellationToken cancellationToken) => database.InTransactionAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO feed_articles (feed_id, read_at, failed_at, error) VALUES (@Feed, @ReadAt, @FailedAt, @Error)
            ON CONFLICT (feed_id) DO UPDATE SET
                read_at = COALESCE(excluded.read_at, feed_articles.read_at), failed_at = COALESCE(excluded.failed_at, feed_articles.failed_at), error = excluded.error
            """,
            new { Feed = feed.Value, ReadAt = hasRead ? Now() : null, FailedAt = error is null ? null : Now(), Error = error },
            transaction),
        cancellationToken);

    private long? Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    private sealed class Row
    {
        public long? ReadAt { get; init; }
        public long? FailedAt { get; init; }
        public string? Error { get; init; }
    }
}

/// <param name="ReadAt">When the last article was read.</param>
/// <param name="FailedAt">When one was last not read.</param>
/// <param name="Error">Why not, in words for a moderator; null while all goes well.</param>
internal sealed record ArticleState(DateTimeOffset? ReadAt, DateTimeOffset? FailedAt, string? Error);
