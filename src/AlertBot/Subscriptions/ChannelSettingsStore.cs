using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Subscriptions;

/// <summary>
/// How channels want to be told. A change is in the log of changes with what it changed and no more, so that changes of different
/// things can be taken back independently.
/// </summary>
internal sealed class ChannelSettingsStore(Database database, ChangeLog log, TimeProvider time) : IReversible
{
    private const int MostAtOnce = 1000;

    private const string ByImport = "A configuration was imported since that has it otherwise. Take that back first: /audit kind:config has its number.";

    private const string Columns = "channel, growth, digest, urgent_waits AS UrgentWaits, time_zone AS TimeZone, quiet, quiet_floor AS QuietFloor, pings_per_hour AS PingsPerHour";

    public string Kind => "channel";

    public async Task<ChannelSettings> FindAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await FindAsync(connection, null, channel);
    }

    /// <summary>Those of these channels that want other than the defaults, as the caller's transaction sees them.</summary>
    public static async Task<IReadOnlyDictionary<ChannelAddress, ChannelSettings>> OfAsync(DbTransaction transaction, IEnumerable<ChannelAddress> channels)
    {
        var found = new Dictionary<ChannelAddress, ChannelSettings>();
        foreach (var some in channels.Distinct().Chunk(MostAtOnce))
        {
            var rows = await transaction.Connection!.QueryAsync<Row>(
                $"SELECT {Columns} FROM channel_settings WHERE channel IN @Channels", new { Channels = some.Select(c => c.ToString()) }, transaction);
            foreach (var row in rows)
            {
                found.Add(ChannelAddress.Parse(row.Channel), row.ToSettings());
            }
        }

        return found;
    }

    /// <summary>The channels of a platform that want other than the defaults.</summary>
    public async Task<IReadOnlyList<NamedSettings>> ListOnAsync(string platform, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            $"SELECT {Columns}, channel_name AS ChannelName FROM channel_settings WHERE SUBSTR(channel, 1, LENGTH(@Prefix)) = @Prefix", new { Prefix = platform + ":" });
        return [.. rows.Select(r => new NamedSettings(ChannelAddress.Parse(r.Channel), r.ChannelName, r.ToSettings())).Where(s => s.Settings != ChannelSettings.Usual)];
    }

    /// <summary>Changes what a channel wants, for whoever runs a command.</summary>
    /// <returns>What it wanted before.</returns>
    public Task<ChannelSettings> ChangeAsync(
        CommandInvocation invocation, ChannelAddress channel, Func<ChannelSettings, ChannelSettings> change, string summary, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var before = await FindAsync(transaction.Connection!, transaction, channel);
                var after = change(before);
                if (after != before)
                {
                    Author author = invocation.Origin;
                    var name = invocation.NameOf(channel);
                    await WriteAsync(transaction, channel, after, author.By, name, invocation.Community);
                    var (from, to) = Differing(before, after);
                    await log.AppendAsync(transaction, author.Changed(Kind, channel.ToString(), from, to, $"{summary} in {name}"));
                }

                return before;
            },
            cancellationToken);

    /// <summary>Changes what differs between two, inside a transaction of the caller's, who notes it; what somebody changed since stays.</summary>
    /// <returns>False if somebody did.</returns>
    public async Task<bool> ChangeAsync(DbTransaction transaction, NamedSettings channel, ChannelSettings from, string by, string? community)
    {
        var present = await FindAsync(transaction.Connection!, transaction, channel.Channel);
        var (now, seen, wanted) = (Written(present), Written(from), Written(channel.Settings));
        foreach (var name in wanted.Select(p => p.Key).Where(n => JsonNode.DeepEquals(now[n], seen[n])))
        {
            now[name] = wanted[name]?.DeepClone();
        }

        var next = Read(now);
        await WriteAsync(transaction, channel.Channel, next, by, channel.Name, community);
        return next == channel.Settings;
    }

    public Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken) => log.ReverseAsync(
        change,
        author,
        async (transaction, value) =>
        {
            var channel = ChannelAddress.Parse(change.Change.Subject);
            var present = await FindAsync(transaction.Connection!, transaction, channel);
            if (With(present, (change.Stands ? change.Change.To : change.Change.From)!) != present)
            {
                return [ByImport];
            }

            await WriteAsync(transaction, channel, With(present, value!), author.By, null, null);
            return [];
        },
        cancellationToken);

    private static async Task<ChannelSettings> FindAsync(DbConnection connection, DbTransaction? transaction, ChannelAddress channel)
    {
        var row = await connection.QueryFirstOrDefaultAsync<Row>($"SELECT {Columns} FROM channel_settings WHERE channel = @Channel", new { Channel = channel.ToString() }, transaction);
        return row?.ToSettings() ?? ChannelSettings.Usual;
    }

    // What waits in the channel is judged anew by what it wants now.
    private Task WriteAsync(DbTransaction transaction, ChannelAddress channel, ChannelSettings settings, string by, string? name, string? community) =>
        transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO channel_settings (channel, channel_name, community, growth, digest, urgent_waits, time_zone, quiet, quiet_floor, pings_per_hour, changed_by, changed_at)
            VALUES (@Channel, @Name, @Community, @Growth, @Digest, @UrgentWaits, @TimeZone, @Quiet, @QuietFloor, @PingsPerHour, @By, @Now)
            ON CONFLICT (channel) DO UPDATE SET channel_name = COALESCE(excluded.channel_name, channel_settings.channel_name), community = COALESCE(excluded.community, channel_settings.community),
                growth = excluded.growth, digest = excluded.digest, urgent_waits = excluded.urgent_waits, time_zone = excluded.time_zone, quiet = excluded.quiet, quiet_floor = excluded.quiet_floor,
                pings_per_hour = excluded.pings_per_hour, changed_by = excluded.changed_by, changed_at = excluded.changed_at;
            UPDATE outbox SET held_until = 0 WHERE channel = @Channel AND state = 'held' AND bundle_id IS NULL AND held_until IS NOT NULL
            """,
            new
            {
                Channel = channel.ToString(), Name = name, Community = community, By = by, Now = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Growth = settings.Growth == Growth.Edit ? null : settings.Growth.ToString().ToLowerInvariant(),
                settings.Digest, settings.UrgentWaits, settings.TimeZone, settings.Quiet, settings.QuietFloor, settings.PingsPerHour,
            },
            transaction);

    // As the log of changes keeps them: what is the same in both is left out.
    private static (string From, string To) Differing(ChannelSettings before, ChannelSettings after)
    {
        var (from, to) = (Written(before), Written(after));
        foreach (var name in from.Select(p => p.Key).Where(n => JsonNode.DeepEquals(from[n], to[n])).ToList())
        {
            from.Remove(name);
            to.Remove(name);
        }

        return (from.ToJsonString(), to.ToJsonString());
    }

    private static ChannelSettings With(ChannelSettings present, string changed)
    {
        var all = Written(present);
        foreach (var (name, value) in JsonNode.Parse(changed)!.AsObject())
        {
            all[name] = value?.DeepClone();
        }

        return Read(all);
    }

    private static ChannelSettings Read(JsonObject written) => written.Deserialize<ChannelSettings>(JsonSerializerOptions.Web)!;

    private static JsonObject Written(ChannelSettings settings) => JsonSerializer.SerializeToNode(settings, JsonSerializerOptions.Web)!.AsObject();

    private sealed class Row
    {
        public string Channel { get; init; } = "";
        public string? ChannelName { get; init; }
        public string? Growth { get; init; }
        public string? Digest { get; init; }
        public bool UrgentWaits { get; init; }
        public string? TimeZone { get; init; }
        public string? Quiet { get; init; }
        public string? QuietFloor { get; init; }
        public int? PingsPerHour { get; init; }

        public ChannelSettings ToSettings() => new()
        {
            Growth = Growth is null ? default : Enum.Parse<Growth>(Growth, ignoreCase: true),
            Digest = Digest,
            UrgentWaits = UrgentWaits,
            TimeZone = TimeZone,
            Quiet = Quiet,
            QuietFloor = QuietFloor,
            PingsPerHour = PingsPerHour,
        };
    }
}
