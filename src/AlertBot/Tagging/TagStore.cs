using System.Data.Common;
using System.Text.Json;
using AlertBot.Knowledge;
using AlertBot.Storage;
using AlertBot.Stories;
using Dapper;
using Microsoft.Extensions.Caching.Memory;

namespace AlertBot.Tagging;

/// <summary>The tags and quotes of the stories in the archive.</summary>
internal sealed class TagStore(Database database, IMemoryCache cache)
{
    private const int MostAtOnce = 500;
    private const int VeryMany = 10_000;

    /// <summary>Replaces what is stored for a story.</summary>
    public static async Task RecordAsync(DbTransaction transaction, StoryId story, DateTimeOffset sortedAt, TaggedText tagged)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync("DELETE FROM tags WHERE story_id = @Story; DELETE FROM quotes WHERE story_id = @Story", new { Story = story.Value }, transaction);
        await connection.ExecuteAsync(
            "INSERT INTO tags (story_id, kind, slug, salience, evidence, sorted_at) VALUES (@Story, @Kind, @Slug, @Salience, @Evidence, @SortedAt)",
            TagRows(tagged).Select(t => new { Story = story.Value, t.Kind, t.Slug, t.Salience, t.Evidence, SortedAt = sortedAt.ToUnixTimeMilliseconds() }),
            transaction);
        await connection.ExecuteAsync(
            "INSERT INTO quotes (story_id, section, start, text, speaker, speaker_name, rule, direct, sorted_at) VALUES (@Story, @Section, @Start, @Text, @Speaker, @SpeakerName, @Rule, @Direct, @SortedAt)",
            QuoteRows(tagged).Select(q => new { Story = story.Value, q.Section, q.Start, q.Text, q.Speaker, q.SpeakerName, q.Rule, q.Direct, SortedAt = sortedAt.ToUnixTimeMilliseconds() }),
            transaction);
    }

    /// <summary>Whether exactly this is stored for a story.</summary>
    public async Task<bool> HasAsync(StoryId story, TaggedText tagged, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var tags = await connection.QueryAsync<(string Kind, string Slug, string Salience, string Evidence)>(
            "SELECT kind, slug, salience, evidence FROM tags WHERE story_id = @Story", new { Story = story.Value });
        var quotes = await connection.QueryAsync<(string Section, long Start, string Text, string? Speaker, string? SpeakerName, string Rule, long Direct)>(
            "SELECT section, start, text, speaker, speaker_name, rule, direct FROM quotes WHERE story_id = @Story", new { Story = story.Value });
        return tags.ToHashSet().SetEquals(TagRows(tagged)) && quotes.ToHashSet().SetEquals(QuoteRows(tagged));
    }

    /// <summary>The tags of one story, main ones first.</summary>
    public async Task<IReadOnlyList<Tag>> OfAsync(StoryId story, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Kind, string Slug, string Salience, string Evidence)>(
            "SELECT kind, slug, salience, evidence FROM tags WHERE story_id = @Story ORDER BY salience, kind, slug", new { Story = story.Value });
        return [.. rows.Select(r => new Tag(new TagName(KindOf(r.Kind), r.Slug), r.Salience == "main" ? Salience.Main : Salience.Mentioned, JsonSerializer.Deserialize<List<Evidence>>(r.Evidence)!))];
    }

    /// <summary>The tags of any number of stories, without what they rest on.</summary>
    public async Task<ILookup<StoryId, Tag>> NamesOfAsync(IReadOnlyCollection<StoryId> stories, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return Named(await connection.QueryAsync<(long, string, string, string)>(
            $"SELECT story_id, kind, slug, salience FROM tags WHERE {database.OneOf("story_id", "@List")}", new { List = Database.ListOf(stories.Select(s => s.Value).Distinct()) }));
    }

    /// <summary>The tags of several stories, without what they rest on, as the caller's connection sees them.</summary>
    public static async Task<ILookup<StoryId, Tag>> NamesOfAsync(DbConnection connection, DbTransaction? transaction, IEnumerable<StoryId> stories)
    {
        var found = new List<(long Story, string Kind, string Slug, string Salience)>();
        foreach (var some in stories.Select(s => s.Value).Distinct().Chunk(MostAtOnce))
        {
            found.AddRange(await connection.QueryAsync<(long, string, string, string)>("SELECT story_id, kind, slug, salience FROM tags WHERE story_id IN @Stories", new { Stories = some }, transaction));
        }

        return Named(found);
    }

    private static ILookup<StoryId, Tag> Named(IEnumerable<(long Story, string Kind, string Slug, string Salience)> rows) =>
        rows.ToLookup(r => new StoryId(r.Story), r => new Tag(new TagName(KindOf(r.Kind), r.Slug), r.Salience == "main" ? Salience.Main : Salience.Mentioned, []));

    /// <summary>What stands beside a tag most often, over its newest 1,000 stories. Counted again only when the tag has more stories.</summary>
    /// <param name="stories">How many stories the tag has, by <see cref="CountAsync"/>.</param>
    public async Task<IReadOnlyList<TagCount>> OftenWithAsync(TagName name, long stories, CancellationToken cancellationToken) =>
        (await cache.GetOrCreateAsync((nameof(OftenWithAsync), name, stories), entry =>
        {
            entry.SlidingExpiration = TimeSpan.FromMinutes(10);
            return CountCompanyAsync(name, cancellationToken);
        }))!;

    /// <summary>The tags of stories, those of most stories first.</summary>
    public async Task<IReadOnlyList<TagCount>> CompanyAsync(IReadOnlyCollection<StoryId> stories, CancellationToken cancellationToken)
    {
        var found = await NamesOfAsync(stories, cancellationToken);
        return [.. found.SelectMany(story => story).CountBy(tag => tag.Name).Select(c => new TagCount(c.Key, c.Value)).OrderByDescending(c => c.Stories).ThenBy(c => c.Name.Slug, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<TagCount>> CountCompanyAsync(TagName name, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Kind, string Slug, long Count)>(
            """
            SELECT o.kind, o.slug, COUNT(*) AS stories
            FROM (SELECT story_id FROM tags WHERE kind = @Kind AND slug = @Slug ORDER BY sorted_at DESC, story_id DESC LIMIT 1000) newest
            JOIN tags o ON o.story_id = newest.story_id
            WHERE NOT (o.kind = @Kind AND o.slug = @Slug)
            GROUP BY o.kind, o.slug ORDER BY stories DESC, o.slug
            """,
            new { Kind = KindOf(name.Kind), name.Slug });
        return [.. rows.Select(r => new TagCount(new TagName(KindOf(r.Kind), r.Slug), r.Count))];
    }

    /// <summary>The newest stories of a time with a tag, newest first.</summary>
    /// <param name="from">The first moment; <paramref name="to"/> is behind the last.</param>
    public async Task<IReadOnlyList<StoryId>> NewestAsync(TagName name, DateTimeOffset from, DateTimeOffset to, bool isMain, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<long>(
            $"SELECT story_id FROM tags WHERE kind = @Kind AND slug = @Slug AND sorted_at >= @From AND sorted_at < @To{(isMain ? " AND salience = 'main'" : "")} ORDER BY sorted_at DESC, story_id DESC LIMIT @Most",
            new { Kind = KindOf(name.Kind), name.Slug, From = from.ToUnixTimeMilliseconds(), To = to.ToUnixTimeMilliseconds(), Most = most })).Select(id => new StoryId(id))];
    }

    /// <summary>The newest stories of a time that have both of two tags, newest first, each with its time; looked for among the newest of the one that has fewer.</summary>
    public async Task<IReadOnlyList<(StoryId Story, DateTimeOffset At)>> NewestWithBothAsync(TagName fewer, TagName other, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        // Both have the story's time; the plus keeps SQLite from looking at all tags of the story, which lie far apart, and limits on both let PostgreSQL go through both lists side by side.
        var rows = await connection.QueryAsync<(long Story, long At)>(
            """
            SELECT a.story_id, a.sorted_at FROM tags a
            WHERE a.kind = @Kind AND a.slug = @Slug AND a.sorted_at >= @From AND a.sorted_at < @To
              AND EXISTS (SELECT 1 FROM tags b WHERE b.kind = @OtherKind AND b.slug = @OtherSlug AND b.sorted_at = a.sorted_at AND b.sorted_at >= @From AND b.sorted_at < @To AND +b.story_id = a.story_id)
            ORDER BY a.sorted_at DESC, a.story_id DESC LIMIT @Most
            """,
            new
            {
                Kind = KindOf(fewer.Kind), fewer.Slug, OtherKind = KindOf(other.Kind), OtherSlug = other.Slug,
                From = from.ToUnixTimeMilliseconds(), To = to.ToUnixTimeMilliseconds(), Most = most,
            });
        return [.. rows.Select(r => (new StoryId(r.Story), DateTimeOffset.FromUnixTimeMilliseconds(r.At)))];
    }

    /// <summary>How many stories have a tag, pruned ones included, and the newest of their times. Where they are very many, it is counted again only after a minute.</summary>
    public async Task<(long Stories, DateTimeOffset? Newest)> CountAsync(TagName name, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue((nameof(CountAsync), name), out (long, DateTimeOffset?) known))
        {
            return known;
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        var (count, newest) = await connection.QuerySingleAsync<(long, long?)>(
            "SELECT COUNT(*), MAX(sorted_at) FROM tags WHERE kind = @Kind AND slug = @Slug", new { Kind = KindOf(name.Kind), name.Slug });
        var counted = (count, newest is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : (DateTimeOffset?)null);
        return count < VeryMany ? counted : cache.Set((nameof(CountAsync), name), counted, TimeSpan.FromMinutes(1));
    }

    /// <summary>How many stories have a tag, pruned ones included, on each day (UTC) from one on. Days without any are left out.</summary>
    public async Task<IReadOnlyDictionary<DateOnly, long>> CountByDayAsync(TagName name, DateOnly from, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        // Day by day it is one walk of the index; grouped, the server would sort it.
        var rows = await connection.QueryAsync<(long Day, long Stories)>(
            """
            WITH RECURSIVE days (day) AS (
                SELECT CAST(@First AS BIGINT)
                UNION ALL SELECT day + 1 FROM days WHERE day < (SELECT MAX(sorted_at) FROM tags WHERE kind = @Kind AND slug = @Slug) / @Length)
            SELECT day, (SELECT COUNT(*) FROM tags WHERE kind = @Kind AND slug = @Slug AND sorted_at >= day * @Length AND sorted_at < (day + 1) * @Length) AS stories FROM days
            """,
            new
            {
                Length = (long)TimeSpan.FromDays(1).TotalMilliseconds,
                Kind = KindOf(name.Kind),
                name.Slug,
                First = (long)(from.ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch).TotalDays,
            });
        return rows.Where(r => r.Stories > 0).ToDictionary(r => DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(r.Day)), r => r.Stories);
    }

    private static IEnumerable<(string Kind, string Slug, string Salience, string Evidence)> TagRows(TaggedText tagged) => tagged.Tags.Select(t =>
        (KindOf(t.Name.Kind), t.Name.Slug, t.Salience == Salience.Main ? "main" : "mentioned", JsonSerializer.Serialize(t.Evidence)));

    private static IEnumerable<(string Section, long Start, string Text, string? Speaker, string? SpeakerName, string Rule, long Direct)> QuoteRows(TaggedText tagged) =>
        tagged.Quotes.Select(q => (Quote: q, Direct: 1L)).Concat(tagged.Statements.Select(q => (Quote: q, Direct: 0L))).DistinctBy(row => (row.Quote.Section, row.Quote.Start))
            .Select(row => (row.Quote.Section == TextSection.Title ? "title" : "body", (long)row.Quote.Start, row.Quote.Text, row.Quote.Speaker, row.Quote.SpeakerName, row.Quote.Rule, row.Direct));

    /// <summary>How a kind is written in the database.</summary>
    public static string KindOf(TagKind kind) => kind == TagKind.Topic ? "topic" : "actor";

    private static TagKind KindOf(string kind) => kind == "topic" ? TagKind.Topic : TagKind.Actor;
}

internal sealed record TagCount(TagName Name, long Stories);
