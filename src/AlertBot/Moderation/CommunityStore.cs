using System.Data.Common;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Moderation;

/// <summary>What servers and workspaces chose for themselves: the role whose bearers moderate the bot. Keeps <see cref="ModeratorRoles"/> filled.</summary>
internal sealed class CommunityStore(Database database, ModeratorRoles roles, ChangeLog log, TimeProvider time) : IReversible
{
    private const string Kind = "community";
    private const string Role = "role";

    string IReversible.Kind => Kind;

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
    public async Task SetModeratorRoleAsync(string community, string? role, CommandInvocation by, CancellationToken cancellationToken)
    {
        var before = roles.Find(community);
        Author author = by.Origin;
        await database.InTransactionAsync(
            async transaction =>
            {
                await SetRoleAsync(transaction, community, role, author);
                var summary = role is null ? $"Took the moderator role {before} away" : $"Made {role} the moderator role";
                await log.AppendAsync(transaction, author.Changed(Kind, community, Written(before), Written(role), summary));
            },
            cancellationToken);
        roles.Set(community, role);
    }

    public async Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken)
    {
        var (community, role) = (change.Change.Subject, "");
        var result = await log.ReverseAsync(
            change,
            author,
            async (transaction, value) =>
            {
                role = JsonDocument.Parse(value!).RootElement.GetProperty(Role).GetString();
                await SetRoleAsync(transaction, community, role, author);
                return [];
            },
            cancellationToken);
        if (result is Reversal.Done)
        {
            roles.Set(community, role);
        }

        return result;
    }

    private static string Written(string? role) => JsonSerializer.Serialize(new Dictionary<string, string?> { [Role] = role });

    private Task SetRoleAsync(DbTransaction transaction, string community, string? role, Author author) => transaction.Connection!.ExecuteAsync(
        """
        INSERT INTO communities (community, moderator_role, changed_by, changed_at) VALUES (@Community, @ModeratorRole, @By, @Now)
        ON CONFLICT (community) DO UPDATE SET
            moderator_role = excluded.moderator_role, changed_by = excluded.changed_by, changed_at = excluded.changed_at
        """,
        new { Community = community, ModeratorRole = role, author.By, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
        transaction);
}
