using System.Data.Common;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Subscriptions;
using AlertBot.Tagging;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>The alerts that are held for a digest or for the end of quiet hours, as the database has them: no list of them is kept anywhere else.</summary>
internal sealed class HeldAlerts(KnowledgeBase knowledge, SubscriptionStore subscriptions)
{
    /// <summary>In a query: an alert, or what went on after one, that waits, and that no message tells yet.</summary>
    public const string Waits = "state = 'held' AND bundle_id IS NULL AND held_until IS NOT NULL";

    /// <summary>
    /// A more urgent story of an event has come: alerts of the event that wait go at once where that story would, or wait no longer than it
    /// would. They keep their own story, and the card tells of the other.
    /// </summary>
    /// <param name="holds">By channel: how long the story would be held there; null: not at all.</param>
    public static async Task HastenAsync(DbTransaction transaction, long happening, Severity severity, IReadOnlyDictionary<string, Hold?> holds, long now)
    {
        var waiting = await transaction.Connection!.QueryAsync<(long Id, string Channel, long Until)>(
            $"SELECT id, channel, held_until FROM outbox WHERE event_id = @Event AND kind = 'alert' AND {Waits} AND severity < @Severity", new { Event = happening, Severity = (int)severity }, transaction);
        foreach (var (id, channel, until) in waiting.Where(w => holds.ContainsKey(w.Channel)).ToList())
        {
            if (holds[channel] is not { } hold)
            {
                await ReleaseAsync(transaction, id, severity, now, "a more urgent story of its event came");
            }
            else
            {
                await transaction.Connection!.ExecuteAsync(
                    "UPDATE outbox SET severity = @Severity, held_for = @For, held_until = @Until WHERE id = @Id",
                    new { Id = id, Severity = (int)severity, hold.For, Until = Math.Min(until, hold.Until.ToUnixTimeMilliseconds()) },
                    transaction);
            }
        }
    }

    /// <summary>Lets an alert go by itself, as if it had come now.</summary>
    public static async Task ReleaseAsync(DbTransaction transaction, long id, Severity severity, long now, string why)
    {
        await transaction.Connection!.ExecuteAsync(
            "UPDATE outbox SET state = 'pending', rank = @Rank, severity = @Severity, held_for = NULL, held_until = NULL, created_at = @Now, next_attempt_at = @Now WHERE id = @Id",
            new { Id = id, Rank = RankOf(severity), Severity = (int)severity, Now = now },
            transaction);
        await OutboxLog.AppendAsync(transaction, new AlertId(id), now, "released", why);
    }

    /// <summary>An urgent alert goes before all others of its channel.</summary>
    public static int RankOf(Severity severity) => severity == Severity.Urgent ? 0 : 1;

    /// <summary>
    /// The alerts of a channel that wait, oldest first, each with what shall become of it now: the follows and tags that there are by now
    /// count, not those of the time when it came.
    /// </summary>
    /// <param name="until">Those that are to be looked at by then; null: all.</param>
    public async Task<IReadOnlyList<HeldAlert>> JudgeAsync(DbConnection connection, DbTransaction? transaction, ChannelAddress channel, ChannelSettings settings, DateTimeOffset? until, DateTimeOffset now)
    {
        var rows = (await connection.QueryAsync<(long Id, long Alone, long Story, long Severity, long CreatedAt, string For)>(
            $"""
            SELECT o.id, CASE WHEN a.id IS NOT NULL AND a.bundle_id IS NULL THEN 1 ELSE 0 END, COALESCE(o.story_id, a.story_id), o.severity, o.created_at, o.held_for
            FROM (SELECT * FROM outbox WHERE channel = @Channel AND {Waits} AND held_until <= @Until) o LEFT JOIN outbox a ON a.id = o.about_id ORDER BY o.id
            """,
            new { Channel = channel.ToString(), Until = until?.ToUnixTimeMilliseconds() ?? long.MaxValue },
            transaction)).ToList();
        var tags = await TagStore.NamesOfAsync(connection, transaction, rows.Select(r => new StoryId(r.Story)));
        var follows = await subscriptions.ListAsync(connection, transaction, channel);
        return [.. rows.Select(r => Judge(r.Id, r.Alone > 0, (Severity)r.Severity, DateTimeOffset.FromUnixTimeMilliseconds(r.CreatedAt), r.For, AlertPlanner.Seen([.. tags[new StoryId(r.Story)]])))];

        HeldAlert Judge(long id, bool isAlone, Severity severity, DateTimeOffset came, string held, StoryTags story)
        {
            var wanting = follows.Where(f => f.Expression.With(knowledge.Current.Now).Matches(story, [])).ToList();
            var awake = wanting.Where(f => f.MutedUntil is null || f.MutedUntil <= now).ToList();
            return new HeldAlert(id, severity, held)
            {
                IsAlone = isAlone,
                Unwanted = awake.Count > 0 ? null : wanting.Count > 0 ? "what it came for is muted" : "no follow of the channel wants it any more",
                Hold = awake.Count > 0 ? Hold.Of(settings, awake.ConvertAll(f => f.Digest), severity, came, now) : null,
            };
        }
    }
}

/// <param name="For">What it was held for until now.</param>
internal sealed record HeldAlert(long Id, Severity Severity, string For)
{
    /// <summary>It goes on from an alert with a card of its own: under that or beside it, and on no digest's card.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Why it is not told at all; null if it is.</summary>
    public string? Unwanted { get; init; }

    /// <summary>How long it is held on; null if it is told now.</summary>
    public Hold? Hold { get; init; }
}
