using System.Collections.Concurrent;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Moderation;

/// <summary>
/// What servers and workspaces chose for themselves: the role whose bearers moderate the bot, and the channel where moderators are
/// told what the bot needs them for. Keeps <see cref="ModeratorRoles"/> filled.
/// </summary>
internal sealed class CommunityStore(Database database, ModeratorRoles roles, ChangeLog log, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ModeratorsChannel> _channels = new(StringComparer.Ordinal);

    /// <summary>The moderators' channels of all communities.</summary>
    public IReadOnlyList<ChannelAddress> Channels => [.. _channels.Values.Select(c => c.Address).Distinct()];

    public ModeratorsChannel? FindChannel(string community) => _channels.GetValueOrDefault(community);

    /// <summary>Puts every choice in force; once, at the start.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Community, string? Role, string? Channel, string? Name, bool IsChosen)>(
            "SELECT community, moderator_role, channel, channel_name, channel_chosen FROM communities");
        foreach (var row in rows)
        {
            roles.Set(row.Community, row.Role);
            if (row.Channel is { } channel)
            {
                _channels[row.Community] = new ModeratorsChannel(ChannelAddress.Parse(channel), row.Name ?? channel, row.IsChosen);
            }
        }
    }

    /// <param name="role">The platform's id of the role; null takes it away.</param>
    public async Task SetModeratorRoleAsync(string community, string? role, ChatUser changedBy, CancellationToken cancellationToken)
    {
        await database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO communities (community, moderator_role, changed_by, changed_at) VALUES (@community, @role, @Name, @Now)
                ON CONFLICT (community) DO UPDATE SET
                    moderator_role = excluded.moderator_role, changed_by = excluded.changed_by, changed_at = excluded.changed_at
                """,
                new { community, role, changedBy.Name, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                transaction),
            cancellationToken);
        roles.Set(community, role);
    }

    public async Task SetChannelAsync(string community, ModeratorsChannel channel, CommandInvocation by, CancellationToken cancellationToken)
    {
        var before = FindChannel(community);
        await database.InTransactionAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(
                    """
                    INSERT INTO communities (community, channel, channel_name, channel_chosen, changed_by, changed_at) VALUES (@Community, @Channel, @Name, @IsChosen, @By, @Now)
                    ON CONFLICT (community) DO UPDATE SET channel = excluded.channel, channel_name = excluded.channel_name, channel_chosen = excluded.channel_chosen,
                        changed_by = excluded.changed_by, changed_at = excluded.changed_at
                    """,
                    new { Community = community, Channel = channel.Address.ToString(), channel.Name, channel.IsChosen, By = by.User.Name, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                    transaction);
                await log.AppendAsync(
                    transaction,
                    new Change("community", community, Written(before), Written(channel), $"Moderators are told in {channel.Name}", by.User.Name, by.Channel.ToString()));
            },
            cancellationToken);
        _channels[community] = channel;
    }

    private static string Written(ModeratorsChannel? channel) => JsonSerializer.Serialize(new { channel = channel?.Address.ToString(), name = channel?.Name, chosen = channel?.IsChosen });
}

/// <summary>Where the moderators of a community are told what the bot needs them for.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="IsChosen">Somebody chose it; else it is where a moderator first changed something.</param>
internal sealed record ModeratorsChannel(ChannelAddress Address, string Name, bool IsChosen);
