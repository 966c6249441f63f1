using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Subscriptions;

/// <summary>The follows of all channels. The same follow twice in a channel is one.</summary>
internal sealed class SubscriptionStore(Database database, TimeProvider time)
{
    private const string Columns = "id, channel, expression, created_by AS CreatedBy, created_at AS CreatedAt";

    /// <returns>False if the channel has it already.</returns>
    public async Task<bool> AddAsync(ChannelAddress channel, FollowExpression expression, string createdBy, CancellationToken cancellationToken) =>
        await database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO subscriptions (channel, expression, created_by, created_at) VALUES (@Channel, @Expression, @CreatedBy, @Now)
                ON CONFLICT DO NOTHING
                """,
                new { Channel = channel.ToString(), Expression = expression.ToString(), CreatedBy = createdBy, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
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

    /// <summary>All follows, oldest first.</summary>
    public Task<IReadOnlyList<Subscription>> ListAsync(CancellationToken cancellationToken) => ListAsync("", null, cancellationToken);

    /// <summary>The follows of one channel, oldest first.</summary>
    public Task<IReadOnlyList<Subscription>> ListAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        ListAsync("WHERE channel = @Channel", new { Channel = channel.ToString() }, cancellationToken);

    private async Task<IReadOnlyList<Subscription>> ListAsync(string where, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>($"SELECT {Columns} FROM subscriptions {where} ORDER BY id", parameters);
        return [.. rows.Select(r => r.ToSubscription())];
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public string Channel { get; init; } = "";
        public string Expression { get; init; } = "";
        public string CreatedBy { get; init; } = "";
        public long CreatedAt { get; init; }

        public Subscription ToSubscription() => new(
            Id, ChannelAddress.Parse(Channel), FollowParser.ParseStored(Expression), CreatedBy, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}
