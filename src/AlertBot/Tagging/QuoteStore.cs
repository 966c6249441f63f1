using System.Text.Json;
using AlertBot.Storage;
using AlertBot.Stories;
using Dapper;

namespace AlertBot.Tagging;

/// <summary>Who said what, over the archive.</summary>
internal sealed class QuoteStore(Database database)
{
    // A speech may be quoted piece by piece.
    private const int MostOfAStory = 50;

    private const int FewStories = 2000;

    /// <summary>The newest words of an actor, of different stories.</summary>
    public async Task<IReadOnlyList<StoredQuote>> LatestOfAsync(string actor, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Text, string? Link, string Source, long At)>(
            """
            SELECT q.text, s.link, s.source, s.sorted_at
            FROM (SELECT story_id, start, text FROM quotes WHERE speaker = @Actor AND direct = 1 AND LENGTH(text) > 20 ORDER BY sorted_at DESC, story_id DESC LIMIT @Read) q JOIN stories s ON s.id = q.story_id
            WHERE NOT EXISTS (SELECT 1 FROM quotes longer WHERE longer.story_id = q.story_id AND longer.speaker = @Actor AND longer.direct = 1
                AND (LENGTH(longer.text) > LENGTH(q.text) OR (LENGTH(longer.text) = LENGTH(q.text) AND longer.start < q.start)))
            ORDER BY s.sorted_at DESC, s.id DESC LIMIT @Count
            """,
            new { Actor = actor, Count = count, Read = count * MostOfAStory });
        return [.. rows.Select(r => new StoredQuote(r.Text, r.Link, r.Source, DateTimeOffset.FromUnixTimeMilliseconds(r.At)))];
    }

    /// <summary>The newest direct words that are asked for, newest first.</summary>
    public async Task<IReadOnlyList<StoredQuote>> FindAsync(QuoteQuery query, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        // Of somebody who is named seldom, the stories are gone through, not all words of somebody who speaks often; what is joined to the speaker keeps the database from those.
        var few = query.Stories is not null ? database.OneOf("q.story_id", "@Stories")
            : query.About is not null && await connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM (SELECT 1 FROM tags WHERE kind = 'actor' AND slug = @About LIMIT @FewStories) n", new { query.About, FewStories }) < FewStories
                ? "q.story_id IN (SELECT t.story_id FROM tags t WHERE t.kind = 'actor' AND t.slug = @About)" : null;
        var rows = await connection.QueryAsync<(string Section, long Start, string Text, string? Link, string Source, long At, string? Evidence)>(
            $"""
            SELECT q.section, q.start, q.text, s.link, s.source, s.sorted_at, {(query.About is null ? "NULL" : "a.evidence")}
            FROM (
                SELECT q.story_id, q.section, q.start, q.text, q.sorted_at FROM quotes q
                WHERE {(few is null ? "q.speaker = @Speaker" : $"{few} AND q.speaker || '' = @Speaker")}
                  AND q.direct = 1 AND LENGTH(q.text) > 20 AND q.sorted_at >= @From AND q.sorted_at < @To
                  {(query.Topic is null ? "" : Has("topic", "@Topic"))}{(query.About is null || few is not null ? "" : Has("actor", "@About"))}
                ORDER BY q.sorted_at DESC, q.story_id DESC, q.start LIMIT @Most) q
            JOIN stories s ON s.id = q.story_id {(query.About is null ? "" : "JOIN tags a ON a.story_id = q.story_id AND a.kind = 'actor' AND a.slug = @About")}
            ORDER BY q.sorted_at DESC, q.story_id DESC, q.start
            """,
            new
            {
                query.Speaker, query.Topic, query.About, Stories = Database.ListOf((query.Stories ?? []).Select(s => s.Value)),
                From = query.From.ToUnixTimeMilliseconds(), To = query.To.ToUnixTimeMilliseconds(), Most = most,
            });
        return [.. rows.Where(r => r.Evidence is null || Names(r.Evidence, r.Section, r.Start, r.Text.Length))
            .Select(r => new StoredQuote(r.Text, r.Link, r.Source, DateTimeOffset.FromUnixTimeMilliseconds(r.At))).OrderByDescending(q => q.At)];

        // Both have the story's time; the plus keeps SQLite from looking at all tags of the story, which lie far apart.
        static string Has(string kind, string slug) =>
            $" AND EXISTS (SELECT 1 FROM tags t WHERE t.kind = '{kind}' AND t.slug = {slug} AND t.sorted_at = q.sorted_at AND +t.story_id = q.story_id)";

        static bool Names(string evidence, string section, long start, int length) => JsonSerializer.Deserialize<List<Evidence>>(evidence)!
            .Any(e => (e.Section == TextSection.Title) == (section == "title") && e.Start >= start && e.Start < start + length);
    }
}

/// <summary>Whose words, about what, of which time.</summary>
/// <param name="From">The first moment; <paramref name="To"/> is behind the last.</param>
internal sealed record QuoteQuery(string Speaker, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The slug of a topic that the story has.</summary>
    public string? Topic { get; init; }

    /// <summary>The slug of an actor whom the words name.</summary>
    public string? About { get; init; }

    /// <summary>Only words of these stories, which all are <see cref="About"/> that actor; null: of all.</summary>
    public IReadOnlyCollection<StoryId>? Stories { get; init; }
}

/// <param name="Source">The outlet.</param>
internal sealed record StoredQuote(string Text, string? Link, string Source, DateTimeOffset At);
