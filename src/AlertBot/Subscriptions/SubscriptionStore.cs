using System.Data.Common;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Subscriptions;

/// <summary>
/// The follows of all channels. The same follow twice in a channel is one. A follow stays as it was written; where it names an actor
/// that was merged since, it means the one that there is now.
/// </summary>
internal sealed class SubscriptionStore(KnowledgeBase knowledge, Database database, TimeProvider time)
{
    private const string Columns = "id, channel, expression, created_by AS CreatedBy, created_at AS CreatedAt, muted_until AS MutedUntil, ping, digest";

    private const string Revision = "SELECT COALESCE(MAX(number), 0) FROM follow_revision";

    /// <param name="note">Writes what belongs to it.</param>
    /// <returns>False if the channel has it already.</returns>
    public Task<bool> AddAsync(FollowOrigin origin, FollowExpression expression, CancellationToken cancellationToken, Func<DbTransaction, Task>? note = null) =>
        NotingAsync(transaction => AddAsync(transaction, origin, expression), note, cancellationToken);

    public async Task<bool> AddAsync(DbTransaction transaction, FollowOrigin origin, FollowExpression expression) =>
        (await IdsAsync(transaction, origin.Channel, expression)).Count == 0
        && await WriteAsync(
            transaction,
            """
            INSERT INTO subscriptions (channel, channel_name, expression, created_by, inbox, community, ping, created_at) VALUES (@Channel, @ChannelName, @Expression, @CreatedBy, @Inbox, @Community, @Ping, @Now)
            ON CONFLICT DO NOTHING
            """,
            new { Channel = origin.Channel.ToString(), origin.ChannelName, Expression = expression.ToString(), origin.CreatedBy, Inbox = origin.Inbox?.ToString(), origin.Community, origin.Ping, Now = Now() }) > 0;

    /// <param name="note">Writes what belongs to it.</param>
    /// <returns>False if the channel has no such follow.</returns>
    public Task<bool> RemoveAsync(ChannelAddress channel, FollowExpression expression, CancellationToken cancellationToken, Func<DbTransaction, Task>? note = null) =>
        NotingAsync(transaction => RemoveAsync(transaction, channel, expression), note, cancellationToken);

    public async Task<bool> RemoveAsync(DbTransaction transaction, ChannelAddress channel, FollowExpression expression) =>
        await WriteAsync(transaction, "DELETE FROM subscriptions WHERE id IN @Ids", new { Ids = await IdsAsync(transaction, channel, expression) }) > 0;

    /// <summary>Puts a follow in the place of another, which keeps who made it and until when it is muted.</summary>
    /// <param name="note">Writes what belongs to it.</param>
    /// <returns>False if the channel has no such follow, or has the new one already.</returns>
    public Task<bool> ReplaceAsync(ChannelAddress channel, FollowExpression before, FollowExpression after, CancellationToken cancellationToken, Func<DbTransaction, Task>? note = null) =>
        NotingAsync(transaction => ReplaceAsync(transaction, channel, before, after), note, cancellationToken);

    public async Task<bool> ReplaceAsync(DbTransaction transaction, ChannelAddress channel, FollowExpression before, FollowExpression after)
    {
        if (await IdsAsync(transaction, channel, before) is not [var first, .. var same] || (await IdsAsync(transaction, channel, after)).Count > 0)
        {
            return false;
        }

        await WriteAsync(
            transaction, "DELETE FROM subscriptions WHERE id IN @Same; UPDATE subscriptions SET expression = @After WHERE id = @First", new { Same = same, After = after.ToString(), First = first });
        return true;
    }

    /// <summary>Lets a follow call a role; null: nobody.</summary>
    /// <param name="note">Writes what belongs to it.</param>
    /// <returns>False if the channel has no such follow, or it does so already.</returns>
    public Task<bool> CallAsync(ChannelAddress channel, FollowExpression expression, string? ping, CancellationToken cancellationToken, Func<DbTransaction, Task>? note = null) =>
        NotingAsync(transaction => CallAsync(transaction, channel, expression, ping), note, cancellationToken);

    public async Task<bool> CallAsync(DbTransaction transaction, ChannelAddress channel, FollowExpression expression, string? ping) =>
        await WriteAsync(
            transaction, "UPDATE subscriptions SET ping = @Ping WHERE id IN @Ids AND COALESCE(ping, '') <> COALESCE(@Ping, '')", new { Ids = await IdsAsync(transaction, channel, expression), Ping = ping }) > 0;

    /// <summary>Silences follows of a channel until then; null lets them alert again.</summary>
    /// <param name="expression">The follow; null: all of the channel.</param>
    /// <returns>How many follows that are.</returns>
    public Task<int> MuteAsync(ChannelAddress channel, FollowExpression? expression, DateTimeOffset? until, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => MuteAsync(transaction, channel, expression, until), cancellationToken);

    /// <summary>Sets when the stories of a follow are told; null: when the channel wants. What waits in the channel is judged anew.</summary>
    /// <returns>How many follows that are.</returns>
    public Task<int> SetDigestAsync(ChannelAddress channel, FollowExpression expression, DigestRhythm? rhythm, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => SetDigestAsync(transaction, channel, expression, rhythm?.ToString()), cancellationToken);

    /// <summary>Sets what differs between two ways in which the stories of a follow are told; what somebody changed since stays.</summary>
    /// <returns>False if somebody did, or if the channel has no such follow.</returns>
    public async Task<bool> TellAsync(DbTransaction transaction, ChannelAddress channel, FollowExpression expression, FollowTelling from, FollowTelling to)
    {
        var follows = await ListAsync(transaction.Connection!, transaction, channel);
        if (follows.FirstOrDefault(f => f.Expression.ToString() == expression.ToString())?.ToldAt(time.GetUtcNow()) is not { } present)
        {
            return false;
        }

        var next = present.Moved(from, to);
        await (next.Digest == present.Digest ? Task.CompletedTask : SetDigestAsync(transaction, channel, expression, next.Digest));
        await CallAsync(transaction, channel, expression, next.Ping);
        await (next.MutedUntil == present.MutedUntil ? Task.CompletedTask : MuteAsync(transaction, channel, expression, next.MutedUntil));
        return next == to;
    }

    /// <summary>The follows of all channels that name somebody or something, oldest first.</summary>
    public async Task<IReadOnlyList<Subscription>> ListNamingAsync(TagName name, CancellationToken cancellationToken) =>
        [.. (await ListAsync("", new { }, cancellationToken)).Where(s => s.Expression.Names.Contains(name))];

    /// <summary>The follows of all channels, muted ones too, oldest first.</summary>
    public Task<IReadOnlyList<Subscription>> ListAsync(CancellationToken cancellationToken) => ListAsync("", new { }, cancellationToken);

    /// <summary>The follows of one channel, oldest first.</summary>
    public Task<IReadOnlyList<Subscription>> ListAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        ListAsync("WHERE channel = @Channel", new { Channel = channel.ToString() }, cancellationToken);

    /// <summary>The same, as the caller's connection sees them.</summary>
    public async Task<IReadOnlyList<Subscription>> ListAsync(DbConnection connection, DbTransaction? transaction, ChannelAddress channel) =>
        [.. (await connection.QueryAsync<Row>($"SELECT {Columns} FROM subscriptions WHERE channel = @Channel ORDER BY id", new { Channel = channel.ToString() }, transaction)).Select(Read)];

    /// <summary>The follows that a person made, oldest first, each with what they called its channel.</summary>
    /// <param name="inbox">Where that person is written to.</param>
    public async Task<IReadOnlyList<NamedFollow>> ListMadeByAsync(ChannelAddress inbox, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            $"SELECT {Columns}, channel_name AS ChannelName FROM subscriptions WHERE inbox = @Inbox ORDER BY id", new { Inbox = inbox.ToString() });
        return [.. rows.Select(r => new NamedFollow(Read(r), r.ChannelName ?? $"#{ChannelAddress.Parse(r.Channel).Channel}"))];
    }

    /// <summary>The follows of all channels of a platform, oldest first, each with what people call its channel.</summary>
    public async Task<IReadOnlyList<NamedFollow>> ListOnAsync(string platform, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            $"SELECT {Columns}, channel_name AS ChannelName FROM subscriptions WHERE SUBSTR(channel, 1, LENGTH(@Prefix)) = @Prefix ORDER BY id", new { Prefix = platform + ":" });
        return [.. rows.Select(r => new NamedFollow(Read(r), r.ChannelName ?? $"#{ChannelAddress.Parse(r.Channel).Channel}"))];
    }

    /// <summary>The channels of a platform in which something is followed: those of a community, and those of which nobody noted to which they belong.</summary>
    public async Task<IReadOnlyList<FollowedChannel>> ListChannelsAsync(string platform, string? community, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Channel, string? Name, string? Community)>(
            """
            SELECT channel, MAX(channel_name), MAX(community) FROM subscriptions WHERE SUBSTR(channel, 1, LENGTH(@Prefix)) = @Prefix AND (community = @Community OR community IS NULL)
            GROUP BY channel ORDER BY MIN(id)
            """,
            new { Prefix = platform + ":", Community = community });
        return [.. rows.Select(r => new FollowedChannel(ChannelAddress.Parse(r.Channel), r.Name ?? $"#{ChannelAddress.Parse(r.Channel).Channel}", r.Community))];
    }

    /// <summary>Another number after each change of a follow.</summary>
    public async Task<long> RevisionAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(Revision);
    }

    public static Task<long> RevisionAsync(DbTransaction transaction) => transaction.Connection!.ExecuteScalarAsync<long>(Revision, transaction: transaction);

    // Every change of a follow goes this way, so that those who have them in memory hear of it.
    private static async Task<int> WriteAsync(DbTransaction transaction, string change, object values)
    {
        var changed = await transaction.Connection!.ExecuteAsync(change, values, transaction);
        if (changed > 0)
        {
            await transaction.Connection!.ExecuteAsync("INSERT INTO follow_revision (id, number) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET number = follow_revision.number + 1", transaction: transaction);
        }

        return changed;
    }

    private async Task<IReadOnlyList<Subscription>> ListAsync(string where, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>($"SELECT {Columns} FROM subscriptions {where} ORDER BY id", parameters);
        return [.. rows.Select(Read)];
    }

    private async Task<int> MuteAsync(DbTransaction transaction, ChannelAddress channel, FollowExpression? expression, DateTimeOffset? until) => await WriteAsync(
        transaction,
        "UPDATE subscriptions SET muted_until = @Until WHERE id IN @Ids",
        new { Ids = await IdsAsync(transaction, channel, expression), Until = until?.ToUnixTimeMilliseconds() });

    private async Task<int> SetDigestAsync(DbTransaction transaction, ChannelAddress channel, FollowExpression expression, string? rhythm)
    {
        await transaction.Connection!.ExecuteAsync(
            "UPDATE outbox SET held_until = 0 WHERE channel = @Channel AND state = 'held' AND bundle_id IS NULL AND held_until IS NOT NULL", new { Channel = channel.ToString() }, transaction);
        return await WriteAsync(
            transaction, "UPDATE subscriptions SET digest = @Digest WHERE id IN @Ids", new { Ids = await IdsAsync(transaction, channel, expression), Digest = rhythm });
    }

    // Few follows are in a channel, and how one was written says not what it means now.
    private async Task<List<long>> IdsAsync(DbTransaction transaction, ChannelAddress channel, FollowExpression? expression)
    {
        var rows = await transaction.Connection!.QueryAsync<(long Id, string Expression)>(
            "SELECT id, expression FROM subscriptions WHERE channel = @Channel ORDER BY id", new { Channel = channel.ToString() }, transaction);
        return [.. rows.Where(r => expression is null || Read(r.Expression).ToString() == expression.ToString()).Select(r => r.Id)];
    }

    private Task<bool> NotingAsync(Func<DbTransaction, Task<bool>> change, Func<DbTransaction, Task>? note, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var isChanged = await change(transaction);
                await (isChanged && note is not null ? note(transaction) : Task.CompletedTask);
                return isChanged;
            },
            cancellationToken);

    private FollowExpression Read(string stored) => FollowParser.ParseStored(stored, knowledge.Current);

    private Subscription Read(Row row) => new(
        row.Id, ChannelAddress.Parse(row.Channel), Read(row.Expression), row.CreatedBy, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        row.MutedUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null)
    {
        Ping = row.Ping,
        Digest = row.Digest is null ? null : DigestRhythm.Parse(row.Digest),
    };

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public long Id { get; init; }
        public string Channel { get; init; } = "";
        public string? ChannelName { get; init; }
        public string Expression { get; init; } = "";
        public string CreatedBy { get; init; } = "";
        public long CreatedAt { get; init; }
        public long? MutedUntil { get; init; }
        public string? Ping { get; init; }
        public string? Digest { get; init; }
    }
}
