using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Subscriptions;

/// <summary>The follows of all channels. The same follow twice in a channel is one.</summary>
internal sealed class SubscriptionStore(Database database, TimeProvider time)
{
    private const string Columns = "id, channel, expression, created_by AS CreatedBy, created_at AS CreatedAt, muted_until AS MutedUntil";

    /// <returns>False if the channel has it already.</returns>
    public async Task<bool> AddAsync(FollowOrigin origin, FollowExpression expression, CancellationToken cancellationToken) =>
        await database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO subscriptions (channel, channel_name, expression, created_by, inbox, community, created_at) VALUES (@Channel, @ChannelName, @Expression, @CreatedBy, @Inbox, @Community, @Now)
                ON CONFLICT DO NOTHING
                """,
                new { Channel = origin.Channel.ToString(), origin.ChannelName, Expression = expression.ToString(), origin.CreatedBy, Inbox = origin.Inbox?.ToString(), origin.Community, Now = Now() },
                transaction),
            cancellationToken) > 0;

    /// <returns>False if the channel has no such follow.</returns>
    public async Task<bool> RemoveAsync(ChannelAddress channel, FollowExpression expression, CancellationToken cancellationToken) =>
        await database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "DELETE FROM subscriptions WHERE channel = @Channel AND expression = @Expression",
                new { Channel = channel.ToString(), Expression = expression.ToString() },
                transaction),
            cancellationToken) > 0;

    /// <summary>Puts a follow in the place of another, which keeps who made it and until when it is muted.</summary>
    /// <returns>False if the channel has no such follow, or has the new one already.</returns>
    public async Task<bool> ReplaceAsync(ChannelAddress channel, FollowExpression before, FollowExpression after, CancellationToken cancellationToken) =>
        await database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                UPDATE subscriptions SET expression = @After WHERE channel = @Channel AND expression = @Before
                  AND NOT EXISTS (SELECT 1 FROM subscriptions o WHERE o.channel = @Channel AND o.expression = @After)
                """,
                new { Channel = channel.ToString(), Before = before.ToString(), After = after.ToString() },
                transaction),
            cancellationToken) > 0;

    /// <summary>Silences follows of a channel until then; null lets them alert again.</summary>
    /// <param name="expression">The follow; null: all of the channel.</param>
    /// <returns>How many follows that are.</returns>
    public Task<int> MuteAsync(ChannelAddress channel, FollowExpression? expression, DateTimeOffset? until, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                $"UPDATE subscriptions SET muted_until = @Until WHERE channel = @Channel {(expression is null ? "" : "AND expression = @Expression")}",
                new { Channel = channel.ToString(), Expression = expression?.ToString(), Until = until?.ToUnixTimeMilliseconds() },
                transaction),
            cancellationToken);

    /// <summary>The follows of all channels that are not muted now, oldest first.</summary>
    public Task<IReadOnlyList<Subscription>> ListAwakeAsync(CancellationToken cancellationToken) =>
        ListAsync("WHERE muted_until IS NULL OR muted_until <= @Now", new { Now = Now() }, cancellationToken);

    /// <summary>The follows of all channels, muted ones too, oldest first.</summary>
    public Task<IReadOnlyList<Subscription>> ListAsync(CancellationToken cancellationToken) => ListAsync("", new { }, cancellationToken);

    /// <summary>The follows of one channel, oldest first.</summary>
    public Task<IReadOnlyList<Subscription>> ListAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        ListAsync("WHERE channel = @Channel", new { Channel = channel.ToString() }, cancellationToken);

    /// <summary>The follows that a person made, oldest first, each with what they called its channel.</summary>
    /// <param name="inbox">Where that person is written to.</param>
    public async Task<IReadOnlyList<NamedFollow>> ListMadeByAsync(ChannelAddress inbox, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            $"SELECT {Columns}, channel_name AS ChannelName FROM subscriptions WHERE inbox = @Inbox ORDER BY id", new { Inbox = inbox.ToString() });
        return [.. rows.Select(r => new NamedFollow(r.ToSubscription(), r.ChannelName ?? $"#{ChannelAddress.Parse(r.Channel).Channel}"))];
    }

    /// <summary>The channels of a platform in which something is followed: those of a community, and those of which nobody noted to which they belong.</summary>
    public async Task<IReadOnlyList<FollowedChannel>> ListChannelsAsync(string platform, string? community, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Channel, string? Name, string? Community)>(
            """
            SELECT channel, MAX(channel_name), MAX(community) FROM subscriptions WHERE channel LIKE @Platform AND (community = @Community OR community IS NULL)
            GROUP BY channel ORDER BY MIN(id)
            """,
            new { Platform = $"{platform}:%", Community = community });
        return [.. rows.Select(r => new FollowedChannel(ChannelAddress.Parse(r.Channel), r.Name ?? $"#{ChannelAddress.Parse(r.Channel).Channel}", r.Community))];
    }

    private async Task<IReadOnlyList<Subscription>> ListAsync(string where, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>($"SELECT {Columns} FROM subscriptions {where} ORDER BY id", parameters);
        return [.. rows.Select(r => r.ToSubscription())];
    }

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

        public Subscription ToSubscription() => new(
            Id, ChannelAddress.Parse(Channel), FollowParser.ParseStored(Expression), CreatedBy, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            MutedUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null);
    }
}
