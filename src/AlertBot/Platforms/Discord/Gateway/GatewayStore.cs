using System.Data.Common;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>
/// What must outlive the process and be shared by replicas: who holds which shard, the sessions, and the IDENTIFYs of the
/// last day. A replica that lost a lease can no longer write to the shard.
/// </summary>
internal sealed class GatewayStore(Database database, GatewaySettings settings, TimeProvider time) : ILeased
{
    /// <summary>How long a replica may be silent before others take its shards.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    // Discord's own limit is 5 s between arrivals; ours is between departures.
    private static readonly TimeSpan BetweenIdentifies = TimeSpan.FromSeconds(5.5);

    private const string Renewal =
        """
        DELETE FROM discord_replicas WHERE application = @Application AND alive_until <= @Now;
        INSERT INTO discord_replicas (application, owner, alive_until) VALUES (@Application, @Owner, @Until)
        ON CONFLICT (application, owner) DO UPDATE SET alive_until = @Until;
        UPDATE discord_shards SET leased_until = @Until WHERE application = @Application AND owner = @Owner AND shard_count = @Count;
        DELETE FROM discord_shards WHERE application = @Application AND shard_count <> @Count AND leased_until <= @Now;
        """;

    private const string Held =
        """
        SELECT shard, session_id AS SessionId, resume_url AS ResumeUrl, sequence, alive_at AS AliveAt FROM discord_shards
        WHERE application = @Application AND shard_count = @Count AND owner = @Owner ORDER BY shard
        """;

    /// <summary>
    /// Says that this replica is alive, renews its leases, saves the sessions of <paramref name="running"/> and takes free
    /// shards up to its fair part.
    /// </summary>
    public Task<ShardLeases> LeaseAsync(string owner, int count, IReadOnlyCollection<(int Shard, GatewaySession? Session)> running, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var scope = new { settings.Application, Owner = owner, Count = count, Now = Now(), Until = Now() + (long)Lease.TotalMilliseconds };
                var connection = transaction.Connection!;
                await connection.ExecuteAsync(Renewal, scope, transaction);
                foreach (var (shard, session) in running)
                {
                    await WriteSessionAsync(transaction, owner, new ShardId(shard, count), session);
                }

                var replicas = await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM discord_replicas WHERE application = @Application", scope, transaction);
                var part = (count + replicas - 1) / replicas;
                var other = await connection.QueryFirstOrDefaultAsync<int?>(
                    "SELECT shard_count FROM discord_shards WHERE application = @Application AND shard_count <> @Count LIMIT 1", scope, transaction);
                if (other is null)
                {
                    await ClaimAsync(transaction, owner, count, part);
                }

                var rows = await connection.QueryAsync<Row>(Held, scope, transaction);
                return new ShardLeases([.. rows.Select(r => r.ToHeld())], part, other);
            },
            cancellationToken);

    public async Task<bool> HoldsAsync(string owner, ShardId shard, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(
            "SELECT EXISTS (SELECT 1 FROM discord_shards WHERE application = @Application AND shard_count = @Count AND shard = @Number AND owner = @Owner)",
            new { settings.Application, shard.Count, shard.Number, Owner = owner });
    }

    public Task SaveSessionAsync(string owner, ShardId shard, GatewaySession? session, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => WriteSessionAsync(transaction, owner, shard, session), cancellationToken);

    /// <summary>Gives a shard up with its session, so that another replica can go on where this one stopped.</summary>
    public Task ReleaseAsync(string owner, ShardId shard, GatewaySession? session, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                await WriteSessionAsync(transaction, owner, shard, session);
                await transaction.Connection!.ExecuteAsync(
                    "UPDATE discord_shards SET owner = NULL, leased_until = 0 WHERE application = @Application AND shard_count = @Count AND shard = @Number AND owner = @Owner",
                    new { settings.Application, shard.Count, shard.Number, Owner = owner },
                    transaction);
            },
            cancellationToken);

    /// <summary>Says that this replica is gone.</summary>
    public Task LeaveAsync(string owner, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "DELETE FROM discord_replicas WHERE application = @Application AND owner = @Owner", new { settings.Application, Owner = owner }, transaction),
            cancellationToken);

    // A gateway has a pulse of its own, by which it closes its connections before another one takes them.
    public Task ReleaseAsync(DbTransaction transaction, IReadOnlyCollection<string>? replicas) => replicas is not null ? Task.CompletedTask
        : transaction.Connection!.ExecuteAsync("DELETE FROM discord_replicas; UPDATE discord_shards SET owner = NULL, leased_until = 0;", transaction: transaction);

    /// <summary>For how long no IDENTIFY may be sent because <paramref name="most"/> were sent in the last 24 hours; zero if one may.</summary>
    public async Task<TimeSpan> BudgetSpentForAsync(int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var dayAgo = Now() - (long)Day.TotalMilliseconds;
        var (count, oldest) = await connection.QuerySingleAsync<(long Count, long Oldest)>(
            "SELECT COUNT(*), COALESCE(MIN(sent_at), 0) FROM discord_identifies WHERE application = @Application AND sent_at > @dayAgo", new { settings.Application, dayAgo });
        return count < most ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Max(oldest - dayAgo, 1));
    }

    /// <summary>Writes an IDENTIFY down, which may then be sent, unless one with this key was sent just now or the budget is spent.</summary>
    /// <param name="key">Shard modulo max_concurrency.</param>
    /// <param name="most">How many may be sent in 24 hours, over all shards and replicas.</param>
    /// <returns>How long to wait before trying again; zero if it was written.</returns>
    public Task<TimeSpan> ReserveIdentifyAsync(int key, int most, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var now = Now();
                var near = (long)BetweenIdentifies.TotalMilliseconds;
                var scope = new { settings.Application, Key = key, Most = most, Now = now, DayAgo = now - (long)Day.TotalMilliseconds, After = now - near, Before = now + near };
                var connection = transaction.Connection!;
                await connection.ExecuteAsync("DELETE FROM discord_identifies WHERE application = @Application AND sent_at <= @DayAgo", scope, transaction);
                // Bounded on both sides: a row from a clock that ran ahead must not hold us up for long.
                var last = await connection.ExecuteScalarAsync<long?>(
                    "SELECT MAX(sent_at) FROM discord_identifies WHERE application = @Application AND identify_key = @Key AND sent_at > @After AND sent_at < @Before", scope, transaction);
                if (last is { } sent)
                {
                    return TimeSpan.FromMilliseconds(sent + near - now);
                }

                var written = await connection.ExecuteAsync(
                    """
                    INSERT INTO discord_identifies (application, identify_key, sent_at)
                    SELECT @Application, @Key, @Now WHERE (SELECT COUNT(*) FROM discord_identifies WHERE application = @Application) < @Most
                    """,
                    scope,
                    transaction);
                return written > 0 ? TimeSpan.Zero : BetweenIdentifies;
            },
            cancellationToken);

    private async Task ClaimAsync(DbTransaction transaction, string owner, int count, int part)
    {
        var connection = transaction.Connection!;
        var scope = new { settings.Application, Owner = owner, Count = count, Now = Now(), Until = Now() + (long)Lease.TotalMilliseconds };
        await connection.ExecuteAsync(
            "INSERT INTO discord_shards (application, shard_count, shard) VALUES (@Application, @Count, @Number) ON CONFLICT DO NOTHING",
            Enumerable.Range(0, count).Select(number => new { settings.Application, Count = count, Number = number }),
            transaction);
        var held = await connection.ExecuteScalarAsync<int>(
            "SELECT COUNT(*) FROM discord_shards WHERE application = @Application AND shard_count = @Count AND owner = @Owner", scope, transaction);
        await connection.ExecuteAsync(
            """
            UPDATE discord_shards SET owner = @Owner, leased_until = @Until
            WHERE application = @Application AND shard_count = @Count AND leased_until <= @Now AND shard IN (
                SELECT shard FROM discord_shards WHERE application = @Application AND shard_count = @Count AND leased_until <= @Now
                ORDER BY shard LIMIT @Free)
            """,
            new { scope.Application, scope.Owner, scope.Count, scope.Now, scope.Until, Free = Math.Max(0, part - held) },
            transaction);
    }

    private Task WriteSessionAsync(DbTransaction transaction, string owner, ShardId shard, GatewaySession? session) =>
        transaction.Connection!.ExecuteAsync(
            """
            UPDATE discord_shards SET session_id = @Id, resume_url = @Url, sequence = @Sequence, alive_at = @AliveAt
            WHERE application = @Application AND shard_count = @Count AND shard = @Number AND owner = @Owner
            """,
            new
            {
                settings.Application,
                shard.Count,
                shard.Number,
                Owner = owner,
                session?.Id,
                Url = session?.ResumeUrl.ToString(),
                Sequence = session?.Handled,
                AliveAt = session?.AliveAt.ToUnixTimeMilliseconds(),
            },
            transaction);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public int Shard { get; init; }
        public string? SessionId { get; init; }
        public string? ResumeUrl { get; init; }
        public long? Sequence { get; init; }
        public long? AliveAt { get; init; }

        public HeldShard ToHeld() => new(
            Shard,
            SessionId is not null && Sequence is { } sequence && AliveAt is { } alive && Uri.TryCreate(ResumeUrl, UriKind.Absolute, out var url)
                ? new GatewaySession(SessionId, url, sequence, DateTimeOffset.FromUnixTimeMilliseconds(alive))
                : null);
    }
}

/// <param name="Session">What there is to resume.</param>
internal sealed record HeldShard(int Number, GatewaySession? Session);

/// <param name="Part">How many shards are this replica's fair part; what it holds beyond that it gives up.</param>
/// <param name="OtherCount">Into how many shards other replicas split the bot just now, where it is another number than ours.</param>
internal sealed record ShardLeases(IReadOnlyList<HeldShard> Held, int Part, int? OtherCount);
