using AlertBot.Storage;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>How the queue stands, for those who watch over it.</summary>
internal sealed class OutboxStatus(Database database, TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>How many messages wait, how many were sent of those that were queued within a day, and how many ended otherwise: to count all that were ever sent would take longer each day.</summary>
    public async Task<OutboxState> StateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        // Each part has an index of its own; the condition stands here as there.
        var counts = (await connection.QueryAsync<(string State, long Count, long Oldest)>(
            """
            SELECT state, COUNT(*), MIN(created_at) FROM outbox WHERE kind <> 'notice' AND state = 'pending' GROUP BY state
            UNION ALL SELECT state, COUNT(*), MIN(created_at) FROM outbox WHERE kind <> 'notice' AND state = 'held' GROUP BY state
            UNION ALL SELECT state, COUNT(*), MIN(created_at) FROM outbox WHERE kind <> 'notice' AND state IN ('refused', 'abandoned') GROUP BY state
            UNION ALL SELECT 'sent', COUNT(*), 0 FROM outbox WHERE kind <> 'notice' AND state IN ('sent', 'refused', 'abandoned') AND state = 'sent' AND created_at >= @Since
            """,
            new { Since = (time.GetUtcNow() - Day).ToUnixTimeMilliseconds() })).ToDictionary(c => c.State);
        return new OutboxState(
            Count("pending"), Count("held"), Count("sent"), Count("refused"), Count("abandoned"), counts.TryGetValue("pending", out var p) ? DateTimeOffset.FromUnixTimeMilliseconds(p.Oldest) : null);

        long Count(string state) => counts.GetValueOrDefault(state).Count;
    }

    /// <summary>What waits that could be sent, and what was refused or given up since then.</summary>
    /// <param name="platforms">Those that the bot is connected with; what waits for others is counted apart.</param>
    public async Task<OutboxTraffic> TrafficAsync(DateTimeOffset since, IEnumerable<string> platforms, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var (pending, all, oldest) = (0L, await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM outbox WHERE state = 'pending' AND kind <> 'notice'"), (long?)null);
        foreach (var platform in platforms)
        {
            var (waiting, earliest) = await connection.QuerySingleAsync<(long Waiting, long? Oldest)>(
                """
                SELECT COUNT(*), MIN(CASE WHEN NOT EXISTS (SELECT 1 FROM channel_troubles t WHERE t.channel = o.channel AND t.kind IN ('closed', 'gone')) THEN o.created_at END)
                FROM outbox o WHERE o.state = 'pending' AND o.kind <> 'notice' AND o.channel LIKE @Channels
                """,
                new { Channels = $"{platform}:%" });
            (pending, oldest) = (pending + waiting, earliest < (oldest ?? long.MaxValue) ? earliest : oldest);
        }

        var (refused, last) = await connection.QuerySingleAsync<(long Refused, long? Last)>(
            "SELECT COUNT(*), MAX(id) FROM outbox WHERE state IN ('refused', 'abandoned') AND kind <> 'notice' AND created_at >= @Since", new { Since = since.ToUnixTimeMilliseconds() });
        var why = last is null ? null : await connection.ExecuteScalarAsync<string?>("SELECT last_error FROM outbox WHERE id = @Id", new { Id = last });
        return new OutboxTraffic(pending, all - pending, oldest is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, refused, why);
    }
}

/// <param name="Held">They wait for the message that tells them together.</param>
/// <param name="Sent">Of those that were queued within a day.</param>
/// <param name="OldestPending">When the alert that waits longest was queued.</param>
internal sealed record OutboxState(long Pending, long Held, long Sent, long Refused, long Abandoned, DateTimeOffset? OldestPending);

/// <param name="PendingElsewhere">What waits for platforms that the bot is not connected with.</param>
/// <param name="OldestOpen">When the alert that waits longest for a channel that takes alerts was queued.</param>
/// <param name="Refused">Given up ones included.</param>
internal sealed record OutboxTraffic(long Pending, long PendingElsewhere, DateTimeOffset? OldestOpen, long Refused, string? LastRefusal);
