using AlertBot.Storage;
using Dapper;

namespace AlertBot.Tagging;

/// <summary>Who said what, over the archive.</summary>
internal sealed class QuoteStore(Database database)
{
    /// <summary>The newest words of an actor, of different stories.</summary>
    public async Task<IReadOnlyList<StoredQuote>> LatestOfAsync(string actor, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Text, string? Link, string Source, long At)>(
            """
            SELECT q.text, s.link, s.source, s.sorted_at
            FROM quotes q JOIN stories s ON s.id = q.story_id
            WHERE q.speaker = @Actor AND q.direct = 1 AND LENGTH(q.text) > 20
              AND NOT EXISTS (SELECT 1 FROM quotes longer WHERE longer.story_id = q.story_id AND longer.speaker = @Actor AND longer.direct = 1
                AND (LENGTH(longer.text) > LENGTH(q.text) OR (LENGTH(longer.text) = LENGTH(q.text) AND longer.start < q.start)))
            ORDER BY s.sorted_at DESC, s.id DESC LIMIT @Count
            """,
            new { Actor = actor, Count = count });
        return [.. rows.Select(r => new StoredQuote(r.Text, r.Link, r.Source, DateTimeOffset.FromUnixTimeMilliseconds(r.At)))];
    }
}

/// <param name="Source">The outlet.</param>
internal sealed record StoredQuote(string Text, string? Link, string Source, DateTimeOffset At);
