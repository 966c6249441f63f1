using System.Data.Common;
using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Subscriptions;

/// <summary>
/// The channels that can't be posted to. Whoever set up follows there is told once per channel and kind of trouble, and
/// once more when it is well again; what they are told is written in the transaction that records the trouble.
/// </summary>
internal sealed class ChannelTroubles(Database database, Notices notices, TimeProvider time)
{
    private static readonly TimeSpan[] Probes = [TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12)];

    /// <param name="stories">Those that the channel does not get, or not now.</param>
    public async Task RecordAsync(DbTransaction transaction, ChannelAddress channel, TroubleKind kind, string why, IReadOnlyList<CardItem> stories)
    {
        var connection = transaction.Connection!;
        var key = new { Channel = channel.ToString(), Kind = Notices.KindOf(kind) };
        var probes = await connection.ExecuteScalarAsync<int?>("SELECT probes FROM channel_troubles WHERE channel = @Channel AND kind = @Kind", key, transaction);
        if (kind == TroubleKind.Gone)
        {
            await connection.ExecuteAsync("DELETE FROM channel_troubles WHERE channel = @Channel AND kind = 'closed'", key, transaction);
        }

        await connection.ExecuteAsync(
            """
            INSERT INTO channel_troubles (channel, kind, why, since, next_probe_at) VALUES (@Channel, @Kind, @Why, @Now, @Next)
            ON CONFLICT (channel, kind) DO UPDATE SET why = excluded.why, probes = channel_troubles.probes + 1, next_probe_at = excluded.next_probe_at
            """,
            new { key.Channel, key.Kind, Why = why, Now = Now(), Next = kind == TroubleKind.Closed ? Now() + (long)WaitAfter(probes).TotalMilliseconds : (long?)null },
            transaction);
        if (probes is null)
        {
            var followers = await FollowersAsync(transaction, channel);
            await notices.EnqueueAsync(transaction, followers.Inboxes, channel, kind, TroubleCard.Of(kind, followers.ChannelName, why, stories));
        }
    }

    /// <summary>Notes that the channel turned a message away.</summary>
    /// <returns>How often in a row it has.</returns>
    public static Task<long> CountRefusalAsync(DbTransaction transaction, ChannelAddress channel) => transaction.Connection!.ExecuteScalarAsync<long>(
        "INSERT INTO channel_refusals (channel, count) VALUES (@Channel, 1) ON CONFLICT (channel) DO UPDATE SET count = channel_refusals.count + 1 RETURNING count",
        new { Channel = channel.ToString() },
        transaction);

    /// <summary>Notes that the channel takes alerts. It costs next to nothing where it was well.</summary>
    public async Task ClearAsync(DbTransaction transaction, ChannelAddress channel)
    {
        await transaction.Connection!.ExecuteAsync("DELETE FROM channel_refusals WHERE channel = @Channel", new { Channel = channel.ToString() }, transaction);
        var cleared = (await transaction.Connection!.QueryAsync<long>(
            "DELETE FROM channel_troubles WHERE channel = @Channel AND kind IN ('closed', 'gone') RETURNING since", new { Channel = channel.ToString() }, transaction)).ToList();
        if (cleared.Count > 0)
        {
            var told = await Notices.ToldAsync(transaction, channel, cleared.Min());
            await notices.EnqueueAsync(transaction, told, channel, null, TroubleCard.Well((await FollowersAsync(transaction, channel)).ChannelName));
        }
    }

    /// <summary>Somebody saw to the channel: its alerts go on at once, and new trouble is told anew.</summary>
    /// <returns>Whether it got no alerts until now.</returns>
    public Task<bool> ResumeAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var key = new { Channel = channel.ToString() };
                await transaction.Connection!.ExecuteAsync("DELETE FROM channel_troubles WHERE channel = @Channel AND kind = 'refusing'", key, transaction);
                var paused = await transaction.Connection!.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM channel_troubles WHERE channel = @Channel)", key, transaction);
                await ClearAsync(transaction, channel);
                return paused;
            },
            cancellationToken);

    /// <summary>Why a channel gets no alerts; null where it gets them.</summary>
    public async Task<ChannelTrouble?> FindAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QueryFirstOrDefaultAsync<Row>(
            "SELECT kind, why, since, next_probe_at AS NextProbeAt FROM channel_troubles WHERE channel = @Channel AND kind IN ('closed', 'gone')", new { Channel = channel.ToString() });
        return row?.ToTrouble(channel);
    }

    /// <summary>How many channels get no alerts.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(DISTINCT channel) FROM channel_troubles WHERE kind IN ('closed', 'gone')");
    }

    /// <summary>The private inboxes of those who set up the channel's follows, and what they call the channel.</summary>
    private static async Task<(IReadOnlyList<ChannelAddress> Inboxes, string ChannelName)> FollowersAsync(DbTransaction transaction, ChannelAddress channel)
    {
        var rows = (await transaction.Connection!.QueryAsync<(string? Inbox, string? ChannelName)>(
            "SELECT inbox, channel_name FROM subscriptions WHERE channel = @Channel ORDER BY id DESC", new { Channel = channel.ToString() }, transaction)).ToList();
        // Who follows in private can't be told there that this very place is in trouble.
        var inboxes = rows.Select(r => r.Inbox).OfType<string>().Distinct().Select(ChannelAddress.Parse).Where(i => i != channel);
        return ([.. inboxes], rows.Select(r => r.ChannelName).FirstOrDefault(n => n is not null) ?? $"#{channel.Channel}");
    }

    /// <param name="probes">Failed ones so far; null before the first.</param>
    private static TimeSpan WaitAfter(int? probes) => probes is { } failed ? Probes[Math.Min(failed + 1, Probes.Length - 1)] : Probes[0];

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public string Kind { get; init; } = "";
        public string Why { get; init; } = "";
        public long Since { get; init; }
        public long? NextProbeAt { get; init; }

        public ChannelTrouble ToTrouble(ChannelAddress channel) => new(
            channel, Enum.Parse<TroubleKind>(Kind, ignoreCase: true), Why, DateTimeOffset.FromUnixTimeMilliseconds(Since),
            NextProbeAt is { } next ? DateTimeOffset.FromUnixTimeMilliseconds(next) : null);
    }
}
