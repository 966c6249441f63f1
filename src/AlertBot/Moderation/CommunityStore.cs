using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Moderation;

/// <summary>What servers and workspaces chose for themselves: the role whose bearers moderate the bot. Keeps <see cref="ModeratorRoles"/> filled.</summary>
internal sealed class CommunityStore(Database database, ModeratorRoles roles, TimeProvider time)
{
    /// <summary>Puts every choice in force; once, at the start.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        foreach (var (community, role) in await connection.QueryAsync<(string, string?)>("SELECT community, moderator_role FROM communities"))
        {
            roles.Set(community, role);
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
}
