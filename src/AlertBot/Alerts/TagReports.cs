using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>Tags that people say are wrong: once for each person, story and tag, until a moderator has seen to it.</summary>
internal sealed class TagReports(Database database, ChangeLog log, TimeProvider time) : IReversible
{
    public string Kind => "report";

    /// <returns>False if the person has said so before.</returns>
    public async Task<bool> AddAsync(StoryId story, AlertTag tag, ChannelAddress channel, ChatUser user, CancellationToken cancellationToken) =>
        await database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO tag_reports (story_id, tag, matched, rule, sentence, channel, reported_by, reporter, reported_at)
                VALUES (@Story, @Name, @Matched, @Rule, @Sentence, @Channel, @UserId, @UserName, @Now)
                ON CONFLICT DO NOTHING
                """,
                new { Story = story.Value, tag.Name, tag.Matched, tag.Rule, tag.Sentence, Channel = channel.ToString(), UserId = user.Id, UserName = user.Name, Now = Now() },
                transaction),
            cancellationToken) > 0;

    /// <summary>The tags with open reports, the one reported last first.</summary>
    public async Task<IReadOnlyList<ReportedTag>> OpenAsync(int skip, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT g.id, s.title, s.link, r.tag, r.matched, r.rule, r.sentence, g.reports, g.newest AS ReportedAt,
              NOT EXISTS (SELECT 1 FROM tags t WHERE t.story_id = r.story_id AND (CASE t.kind WHEN 'topic' THEN 'topic:' ELSE '' END) || t.slug = r.tag) AS IsGone
            FROM (SELECT MAX(id) AS id, COUNT(*) AS reports, MAX(reported_at) AS newest FROM tag_reports WHERE settled_at IS NULL GROUP BY story_id, tag) g
            JOIN tag_reports r ON r.id = g.id JOIN stories s ON s.id = r.story_id
            ORDER BY g.id DESC LIMIT @Count OFFSET @Skip
            """,
            new { Count = count, Skip = skip });
        return [.. rows.Select(r => r.ToReported())];
    }

    /// <summary>How many tags have open reports.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM (SELECT 1 FROM tag_reports WHERE settled_at IS NULL GROUP BY story_id, tag) open");
    }

    /// <summary>A moderator has seen to a tag: every open report of it is settled.</summary>
    /// <param name="id">The id of one of them.</param>
    /// <returns>False if there is no such open report.</returns>
    public Task<bool> SettleAsync(long id, Author author, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            var settled = (await transaction.Connection!.QueryAsync<(long Id, string Tag)>(
                """
                UPDATE tag_reports SET settled_at = @Now
                WHERE settled_at IS NULL AND EXISTS (SELECT 1 FROM tag_reports one WHERE one.id = @Id AND one.story_id = tag_reports.story_id AND one.tag = tag_reports.tag)
                RETURNING id, tag
                """,
                new { Id = id, Now = Now() },
                transaction)).ToList();
            if (settled.Count > 0)
            {
                var ids = settled.ConvertAll(r => r.Id);
                await log.AppendAsync(transaction, author.Changed(Kind, $"{id}", Written(ids, false), Written(ids, true), $"Settled {id}: {settled[0].Tag} was said to be wrong"));
            }

            return settled.Count > 0;
        },
        cancellationToken);

    public Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken) => log.ReverseAsync(
        change,
        author,
        async (transaction, value) =>
        {
            var was = JsonSerializer.Deserialize<Settled>(value!)!;
            await transaction.Connection!.ExecuteAsync("UPDATE tag_reports SET settled_at = @At WHERE id IN @Reports", new { At = was.IsSettled ? Now() : (long?)null, was.Reports }, transaction);
            return [];
        },
        cancellationToken);

    private static string Written(IReadOnlyList<long> reports, bool isSettled) => JsonSerializer.Serialize(new Settled(reports, isSettled));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record Settled(IReadOnlyList<long> Reports, bool IsSettled);

    private sealed class Row
    {
        public long Id { get; init; }
        public string? Title { get; init; }
        public string? Link { get; init; }
        public string Tag { get; init; } = "";
        public string Matched { get; init; } = "";
        public string Rule { get; init; } = "";
        public string Sentence { get; init; } = "";
        public int Reports { get; init; }
        public long ReportedAt { get; init; }
        public bool IsGone { get; init; }

        public ReportedTag ToReported() => new(Id, Title, Link, new AlertTag(Tag, Matched, Rule, Sentence), Reports, DateTimeOffset.FromUnixTimeMilliseconds(ReportedAt), IsGone);
    }
}

/// <param name="Id">Of the newest report.</param>
/// <param name="Title">The story's; null once its text is forgotten.</param>
/// <param name="Tag">As it was on the alert.</param>
/// <param name="Reports">How many people say so.</param>
/// <param name="IsGone">The story has it no more: it was tagged anew since.</param>
internal sealed record ReportedTag(long Id, string? Title, string? Link, AlertTag Tag, int Reports, DateTimeOffset ReportedAt, bool IsGone);
