using System.Data.Common;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Subscriptions;

/// <summary>
/// What people are told of their channels, each in private, and moderators of the feeds. Written with the fact that they tell of, and
/// sent from the outbox like everything else, after the alerts of the same place; an inbox that refuses one is left alone with it.
/// </summary>
internal sealed class Notices(Database database, TimeProvider time)
{
    private const int Rank = 3;

    /// <param name="kind">The trouble that it tells of; null: the channel is well again.</param>
    public async Task EnqueueAsync(DbTransaction transaction, IEnumerable<ChannelAddress> inboxes, ChannelAddress about, TroubleKind? kind, Card card)
    {
        foreach (var inbox in inboxes)
        {
            await EnqueueAsync(transaction, inbox, about, kind is { } trouble ? KindOf(trouble) : "well", card);
        }
    }

    /// <summary>A notice for moderators, about feeds.</summary>
    /// <returns>Its number.</returns>
    public Task<long> EnqueueAsync(DbTransaction transaction, ChannelAddress inbox, FeedNotice kind, Card card) => EnqueueAsync(transaction, inbox, null, KindOf(kind), card);

    /// <summary>Puts another card in the place of one that nobody can have seen yet.</summary>
    public static Task RewriteAsync(DbTransaction transaction, long id, Card card) =>
        transaction.Connection!.ExecuteAsync("UPDATE outbox SET card = @Card WHERE id = @Id", new { Id = id, Card = JsonSerializer.Serialize(card) }, transaction);

    /// <summary>Takes back one that nobody can have seen yet.</summary>
    public static Task WithdrawAsync(DbTransaction transaction, long id) =>
        transaction.Connection!.ExecuteAsync("DELETE FROM notices WHERE id = @Id; DELETE FROM outbox_log WHERE outbox_id = @Id; DELETE FROM outbox WHERE id = @Id", new { Id = id }, transaction);

    /// <summary>The last notice about feeds that an inbox did not take, if none was taken since: when it was written and why it was refused.</summary>
    public async Task<(DateTimeOffset At, string Why)?> RefusalAsync(ChannelAddress inbox, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var last = await connection.QueryFirstOrDefaultAsync<(string State, long At, string? Why)>(
            """
            SELECT o.state, o.created_at, o.last_error FROM notices n JOIN outbox o ON o.id = n.id
            WHERE n.inbox = @Inbox AND n.channel IS NULL AND (o.state <> 'pending' OR o.last_error IS NOT NULL) ORDER BY n.id DESC LIMIT 1
            """,
            new { Inbox = inbox.ToString() });
        return last.State is null or "sent" ? null : (DateTimeOffset.FromUnixTimeMilliseconds(last.At), last.Why ?? "for no reason given");
    }

    /// <summary>Those who know, or may know, of a channel's trouble since then. What nobody has seen yet is withdrawn.</summary>
    public static async Task<IReadOnlyList<ChannelAddress>> ToldAsync(DbTransaction transaction, ChannelAddress about, long since)
    {
        var connection = transaction.Connection!;
        var values = new { Channel = about.ToString(), Since = since };
        var unseen = await connection.QueryAsync<long>(
            "SELECT n.id FROM notices n JOIN outbox o ON o.id = n.id WHERE n.channel = @Channel AND n.kind IN ('closed', 'gone') AND o.state = 'pending' AND o.attempts = 0", values, transaction);
        foreach (var notice in unseen.ToList())
        {
            await WithdrawAsync(transaction, notice);
        }

        var inboxes = await connection.QueryAsync<string>(
            """
            SELECT DISTINCT n.inbox FROM notices n JOIN outbox o ON o.id = n.id
            WHERE n.channel = @Channel AND n.kind IN ('closed', 'gone') AND o.state IN ('pending', 'sent') AND n.created_at >= @Since
            """,
            values,
            transaction);
        return [.. inboxes.Select(ChannelAddress.Parse)];
    }

    private async Task<long> EnqueueAsync(DbTransaction transaction, ChannelAddress inbox, ChannelAddress? about, string kind, Card card)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var id = await transaction.Connection!.ExecuteScalarAsync<long>(
            "INSERT INTO outbox (kind, rank, channel, card, created_at, next_attempt_at) VALUES ('notice', @Rank, @Inbox, @Card, @Now, @Now) RETURNING id",
            new { Rank, Inbox = inbox.ToString(), Card = JsonSerializer.Serialize(card), Now = now },
            transaction);
        await transaction.Connection!.ExecuteAsync(
            "INSERT INTO notices (id, inbox, channel, kind, created_at) VALUES (@Id, @Inbox, @About, @Kind, @Now)",
            new { Id = id, Inbox = inbox.ToString(), About = about?.ToString(), Kind = kind, Now = now },
            transaction);
        return id;
    }

    /// <summary>How a kind of trouble is written in the database.</summary>
    public static string KindOf(TroubleKind kind) => kind switch
    {
        TroubleKind.Closed => "closed",
        TroubleKind.Gone => "gone",
        _ => "refusing",
    };

    private static string KindOf(FeedNotice kind) => kind switch
    {
        FeedNotice.Sick => "sick-feeds",
        FeedNotice.Well => "well-feeds",
        _ => "offline",
    };
}

/// <summary>What moderators are told of feeds.</summary>
internal enum FeedNotice
{
    Sick,

    Well,

    /// <summary>The bot itself was cut off.</summary>
    Offline,
}
