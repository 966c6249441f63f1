using System.Text.Json;

namespace AlertBot.Platforms.Discord.Rest;

/// <summary>
/// Computes what somebody may do in a channel, by Discord's own order: the server's roles, then the channel's overwrites
/// for everyone, for the roles, for the member.
/// https://discord.com/developers/docs/topics/permissions#permission-overwrites
/// </summary>
internal static class PermissionFinder
{
    private const int RoleOverwrite = 0;

    /// <param name="channel">The channel, with its overwrites; of a thread, its parent.</param>
    /// <param name="roles">All roles of the server.</param>
    /// <param name="memberRoles">The ids of those that the member has.</param>
    public static Permission Of(JsonElement channel, JsonElement roles, IEnumerable<string> memberRoles, string guild, string user)
    {
        var held = memberRoles.Append(guild).ToHashSet(StringComparer.Ordinal);
        var rights = roles.ValueKind != JsonValueKind.Array ? Permission.None : roles.EnumerateArray()
            .Where(r => held.Contains(RestAnswer.Text(r, "id")))
            .Aggregate(Permission.None, (sum, role) => sum | Bits(role, "permissions"));
        if (rights.HasFlag(Permission.Administrator))
        {
            return rights;
        }

        var overwrites = channel.TryGetProperty("permission_overwrites", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [];
        var forEveryone = overwrites.Where(o => RestAnswer.Text(o, "id") == guild);
        var forRoles = overwrites.Where(o => IsRole(o) && RestAnswer.Text(o, "id") is var id && id != guild && held.Contains(id));
        var forMember = overwrites.Where(o => !IsRole(o) && RestAnswer.Text(o, "id") == user);
        return Apply(Apply(Apply(rights, forEveryone), forRoles), forMember);
    }

    private static Permission Apply(Permission rights, IEnumerable<JsonElement> overwrites)
    {
        var (allow, deny) = overwrites.Aggregate((Allow: Permission.None, Deny: Permission.None), (sum, o) => (sum.Allow | Bits(o, "allow"), sum.Deny | Bits(o, "deny")));
        return (rights & ~deny) | allow;
    }

    private static bool IsRole(JsonElement overwrite) => overwrite.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Number && type.GetInt32() == RoleOverwrite;

    private static Permission Bits(JsonElement holder, string field) => Permissions.Parse(RestAnswer.Text(holder, field)) ?? Permission.None;
}
