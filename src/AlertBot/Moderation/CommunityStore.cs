using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Moderation;

/// <summary>
/// What servers and workspaces chose for themselves: the role whose bearers moderate the bot, and the channel where moderators are
/// told what the bot needs them for. Keeps <see cref="ModeratorRoles"/> filled.
/// </summary>
internal sealed class CommunityStore(Database database, ModeratorRoles roles, ChangeLog log, TimeProvider time) : IReversible, IRemembered
{
    private const string Kind = "community";
    private const string Role = "role";
    private const string Channel = "channel";

    private readonly ConcurrentDictionary<string, ModeratorsChannel> _channels = new(StringComparer.Ordinal);

    string IReversible.Kind => Kind;

    public IReadOnlyCollection<string> Kinds { get; } = [Kind, ChangeLog.OfImports];

    /// <summary>The moderators' channels of all communities.</summary>
    public IReadOnlyList<ChannelAddress> Channels => [.. _channels.Values.Select(c => c.Address).Distinct()];

    public ModeratorsChannel? FindChannel(string community) => _channels.GetValueOrDefault(community);

    /// <summary>Puts every choice in force: at the start, and whenever others were stored.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Community, string? Role, string? Channel, string? Name, bool IsChosen)>(
            "SELECT community, moderator_role, channel, channel_name, channel_chosen FROM communities");
        foreach (var row in rows)
        {
            roles.Set(row.Community, row.Role);
            Put(row.Community, row.Channel is { } channel ? new ModeratorsChannel(ChannelAddress.Parse(channel), row.Name ?? channel, row.IsChosen) : null);
        }
    }

    /// <param name="role">The platform's id of the role; null takes it away.</param>
    public async Task SetModeratorRoleAsync(string community, string? role, CommandInvocation by, CancellationToken cancellationToken)
    {
        var before = roles.Find(community);
        Author author = by.Origin;
        await database.InTransactionAsync(
            async transaction =>
            {
                await WriteAsync(transaction, community, role, FindChannel(community), author.By);
                var summary = role is null ? $"Took the moderator role {before} away" : $"Made {role} the moderator role";
                await log.AppendAsync(transaction, author.Changed(Kind, community, Written(before), Written(role), summary));
            },
            cancellationToken);
        roles.Set(community, role);
    }

    public async Task SetChannelAsync(string community, ModeratorsChannel channel, CommandInvocation by, CancellationToken cancellationToken)
    {
        var before = FindChannel(community);
        Author author = by.Origin;
        await database.InTransactionAsync(
            async transaction =>
            {
                await WriteAsync(transaction, community, roles.Find(community), channel, author.By);
                // Where nobody chose one, there is no choice to take back.
                await (channel.IsChosen ? log.AppendAsync(transaction, author.Changed(Kind, community, Written(before), Written(channel), $"Moderators are told in {channel.Name}")) : Task.CompletedTask);
            },
            cancellationToken);
        Put(community, channel);
    }

    /// <summary>Writes both choices inside a transaction of the caller's; <see cref="LoadAsync"/> puts them in force once that is committed.</summary>
    public Task WriteAsync(DbTransaction transaction, string community, string? role, ModeratorsChannel? channel, string by) => transaction.Connection!.ExecuteAsync(
        """
        INSERT INTO communities (community, moderator_role, channel, channel_name, channel_chosen, changed_by, changed_at) VALUES (@community, @role, @Channel, @Name, @IsChosen, @by, @Now)
        ON CONFLICT (community) DO UPDATE SET moderator_role = excluded.moderator_role, channel = excluded.channel, channel_name = excluded.channel_name,
            channel_chosen = excluded.channel_chosen, changed_by = excluded.changed_by, changed_at = excluded.changed_at
        """,
        new { community, role, Channel = channel?.Address.ToString(), channel?.Name, IsChosen = channel is { IsChosen: true }, by, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
        transaction);

    public async Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken)
    {
        var community = change.Change.Subject;
        var result = await log.ReverseAsync(
            change,
            author,
            async (transaction, value) =>
            {
                var then = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(value!)!;
                var role = then.TryGetValue(Role, out var given) ? given.GetString() : roles.Find(community);
                var channel = then.TryGetValue(Channel, out var place) ? place.Deserialize<ChannelThen>()?.ToChannel() : FindChannel(community);
                await WriteAsync(transaction, community, role, channel, author.By);
                return [];
            },
            cancellationToken);
        await LoadAsync(cancellationToken);
        return result;
    }

    private void Put(string community, ModeratorsChannel? channel)
    {
        if (channel is null)
        {
            _channels.TryRemove(community, out _);
        }
        else
        {
            _channels[community] = channel;
        }
    }

    private static string Written(string? role) => JsonSerializer.Serialize(new Dictionary<string, string?> { [Role] = role });

    private static string Written(ModeratorsChannel? channel) => JsonSerializer.Serialize(new Dictionary<string, ChannelThen?>
    {
        [Channel] = channel is null ? null : new ChannelThen(channel.Address.ToString(), channel.Name, channel.IsChosen),
    });

    private sealed record ChannelThen(string Address, string Name, bool IsChosen)
    {
        public ModeratorsChannel ToChannel() => new(ChannelAddress.Parse(Address), Name, IsChosen);
    }
}

/// <summary>Where the moderators of a community are told what the bot needs them for.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="IsChosen">Somebody chose it; else it is where a moderator first changed something.</param>
internal sealed record ModeratorsChannel(ChannelAddress Address, string Name, bool IsChosen);
