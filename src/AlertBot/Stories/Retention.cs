using AlertBot.Storage;
using Dapper;
using Microsoft.Extensions.Options;

namespace AlertBot.Stories;

/// <summary>
/// Forgets what is older than the settings say, and the oldest texts earlier where the database takes more than it may. What waits to be
/// sent keeps its text, and nothing by which a story is known again is ever forgotten. Many small transactions, so that nobody waits long.
/// </summary>
internal sealed class Retention(StoryStore stories, Database database, IOptions<RetentionOptions> options, TimeProvider time)
{
    /// <summary>How long a transaction should take: it is given fewer rows where it takes longer.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);

    // The events of these days are still growing.
    private static readonly TimeSpan Newest = TimeSpan.FromDays(7);

    // When somebody was in a channel last is of no use to them later.
    private static readonly TimeSpan Visits = TimeSpan.FromDays(90);

    private const int MostRows = 2000;

    private const string Ended = "o.state IN ('sent', 'refused', 'abandoned') AND o.kind <> 'notice' AND o.edit_due_at IS NULL AND o.created_at < @Alerts";

    // A message stays as long as one that goes under it, or was told by it.
    private const string Alone = "NOT EXISTS (SELECT 1 FROM outbox u WHERE u.under_id = o.id) AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.bundle_id = o.id)";

    private const string Logged = $"SELECT l.id FROM outbox_log l JOIN outbox o ON o.id = l.outbox_id WHERE {Ended} AND {Alone}";

    /// <summary>What would go now. Changes nothing.</summary>
    public async Task<IReadOnlyList<Prunable>> LookAsync(CancellationToken cancellationToken)
    {
        var limits = await LimitsAsync(cancellationToken);
        await using var connection = await database.OpenAsync(cancellationToken);
        return
        [
            await FindAsync("stories", "COALESCE(OCTET_LENGTH(s.title), 0) + COALESCE(OCTET_LENGTH(s.author), 0) + COALESCE(OCTET_LENGTH(s.body), 0)", "s.first_seen_at", $"stories s WHERE {StoryStore.Prunable}"),
            await FindAsync("tags", "OCTET_LENGTH(t.evidence) - 2", "s.first_seen_at", $"stories s JOIN tags t ON t.story_id = s.id WHERE {StoryStore.Prunable}"),
            await FindAsync("quotes", "OCTET_LENGTH(q.text) + OCTET_LENGTH(q.rule) + 40", "s.first_seen_at", $"stories s JOIN quotes q ON q.story_id = s.id WHERE {StoryStore.Prunable}"),
            await FindAsync("outbox", "COALESCE(OCTET_LENGTH(o.reasons), 0) + COALESCE(OCTET_LENGTH(o.card), 0) + 200", "o.created_at", $"outbox o WHERE {Ended} AND {Alone}"),
            await FindAsync("outbox_log", "COALESCE(OCTET_LENGTH(l.detail), 0) + 40", "l.at", $"outbox_log l WHERE l.id IN ({Logged})"),
            await FindAsync("discord_commands", "OCTET_LENGTH(line) + 30", "shown_at", "discord_commands WHERE shown_at < @Alerts"),
            await FindAsync("visits", "OCTET_LENGTH(channel) + OCTET_LENGTH(user_id) + 20", "at", "visits WHERE at < @Visits"),
        ];

        async Task<Prunable> FindAsync(string table, string bytes, string at, string which)
        {
            var (rows, sum, first, last) = await connection.QuerySingleAsync<(long, long, long?, long?)>(
                new CommandDefinition($"SELECT COUNT(*), CAST(COALESCE(SUM({bytes}), 0) AS BIGINT), MIN({at}), MAX({at}) FROM {which}", limits, commandTimeout: 0, cancellationToken: cancellationToken));
            return new Prunable(table, rows, sum, At(first), At(last));
        }

        static DateTimeOffset? At(long? at) => at is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
    }

    /// <param name="progress">Told the rows that went, after each transaction.</param>
    /// <returns>How many rows went; a story whose text went is one of them.</returns>
    public async Task<long> PruneAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var limits = await LimitsAsync(cancellationToken);
        var before = DateTimeOffset.FromUnixTimeMilliseconds(limits.Before);
        var gone = await InTurnsAsync(rows => stories.PruneAsync(before, rows, cancellationToken), 0);
        gone = await InTurnsAsync(rows => ForgetMessagesAsync(limits, rows, cancellationToken), gone);
        gone = await InTurnsAsync(rows => ForgetCommandsAsync(limits, rows, cancellationToken), gone);
        gone = await InTurnsAsync(rows => ForgetVisitsAsync(limits, rows, cancellationToken), gone);
        await database.ShrinkAsync(cancellationToken);
        return gone;

        async Task<long> InTurnsAsync(Func<int, Task<int>> prune, long done)
        {
            for (var (rows, count) = (50, 50); count == rows;)
            {
                var start = time.GetTimestamp();
                count = await prune(rows);
                done += count;
                progress?.Report(done);
                if (count == rows)
                {
                    rows = count = Math.Clamp(time.GetElapsedTime(start) > Turn ? rows / 2 : rows * 2, 10, MostRows);
                }
            }

            return done;
        }
    }

    private async Task<int> ForgetMessagesAsync(Limits limits, int rows, CancellationToken cancellationToken)
    {
        // Looked for beside the writers, since it may go through all of them; each is looked at again before it goes.
        await using var reader = await database.OpenAsync(cancellationToken);
        var ids = (await reader.QueryAsync<long>(new CommandDefinition(
            $"SELECT o.id FROM outbox o WHERE {Ended} AND {Alone} ORDER BY o.id LIMIT @Rows", new { limits.Alerts, Rows = rows }, commandTimeout: 0, cancellationToken: cancellationToken))).ToList();
        await database.InTransactionAsync(
            async transaction =>
            {
                foreach (var id in ids)
                {
                    var message = new { Id = id, limits.Alerts };
                    await transaction.Connection!.ExecuteAsync($"DELETE FROM outbox_log WHERE outbox_id IN (SELECT o.id FROM outbox o WHERE o.id = @Id AND {Ended} AND {Alone})", message, transaction);
                    await transaction.Connection!.ExecuteAsync($"DELETE FROM outbox WHERE id IN (SELECT o.id FROM outbox o WHERE o.id = @Id AND {Ended} AND {Alone})", message, transaction);
                }
            },
            cancellationToken);
        return ids.Count;
    }

    private Task<int> ForgetCommandsAsync(Limits limits, int rows, CancellationToken cancellationToken) => database.InTransactionAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "DELETE FROM discord_commands WHERE command_key IN (SELECT command_key FROM discord_commands WHERE shown_at < @Alerts LIMIT @Rows)", new { limits.Alerts, Rows = rows }, transaction),
        cancellationToken);

    private Task<int> ForgetVisitsAsync(Limits limits, int rows, CancellationToken cancellationToken) => database.InTransactionAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "DELETE FROM visits WHERE (channel, user_id) IN (SELECT channel, user_id FROM visits WHERE at < @Visits LIMIT @Rows)", new { limits.Visits, Rows = rows }, transaction),
        cancellationToken);

    private async Task<Limits> LimitsAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = (now - options.Value.Text).ToUnixTimeMilliseconds();
        var newest = (now - Newest).ToUnixTimeMilliseconds();
        var tooMuch = options.Value.MaxBytes is { } most ? await database.UsedAsync(cancellationToken) - most : 0;
        return new Limits(
            tooMuch > 0 ? Math.Max(before, await CutAsync(tooMuch, newest, cancellationToken)) : before,
            (now - options.Value.Alerts).ToUnixTimeMilliseconds(),
            (now - Visits).ToUnixTimeMilliseconds());
    }

    /// <summary>The time before which the texts are as large as that; the newest that may be, where all together are not.</summary>
    private async Task<long> CutAsync(long bytes, long newest, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            $"""
            SELECT MIN(first_seen_at) + 1 FROM (
                SELECT first_seen_at, SUM(bytes) OVER (ORDER BY first_seen_at, id) AS total FROM (
                    SELECT s.id, s.first_seen_at, OCTET_LENGTH(s.title) + OCTET_LENGTH(s.body)
                        + COALESCE((SELECT SUM(OCTET_LENGTH(t.evidence)) FROM tags t WHERE t.story_id = s.id), 0)
                        + COALESCE((SELECT SUM(OCTET_LENGTH(q.text)) FROM quotes q WHERE q.story_id = s.id), 0) AS bytes
                    FROM stories s WHERE {StoryStore.Prunable}) texts) added
            WHERE total >= @Bytes
            """,
            new { Bytes = bytes, Before = newest },
            commandTimeout: 0,
            cancellationToken: cancellationToken)) ?? newest;
    }

    /// <param name="Before">What texts came before it go; <paramref name="Alerts"/> and <paramref name="Visits"/> the same of messages and visits.</param>
    private sealed record Limits(long Before, long Alerts, long Visits);
}

/// <summary>What would be forgotten of a table.</summary>
internal sealed record Prunable(string Table, long Rows, long Bytes, DateTimeOffset? From, DateTimeOffset? To);
