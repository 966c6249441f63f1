using System.Text.Json;

namespace AlertBot.Platforms.Slack.Web;

/// <summary>A person of a workspace.</summary>
/// <param name="IsAdmin">An admin or owner of this workspace. A guest, a bot, or somebody of another workspace never is.</param>
/// <param name="Groups">The ids of the user groups that the person is in; none for guests and bots.</param>
internal sealed record SlackPerson(string Id, string Name, bool IsAdmin, IReadOnlyList<string> Groups)
{
    /// <summary>A guest, or somebody of another workspace: may see only the channels that they are in.</summary>
    public bool IsGuest { get; init; }

    /// <param name="user">The user object. https://docs.slack.dev/reference/objects/user-object</param>
    public static SlackPerson Of(string team, JsonElement user, IEnumerable<string> groups)
    {
        var isGuest = Is("is_restricted") || Is("is_ultra_restricted") || Is("is_stranger") || !Belongs();
        var isTrusted = !isGuest && !Is("is_bot") && !Is("deleted");
        return new SlackPerson(
            SlackAnswer.Text(user, "id"),
            NameOf(user),
            isTrusted && (Is("is_admin") || Is("is_owner") || Is("is_primary_owner")),
            isTrusted ? [.. groups] : [])
        {
            IsGuest = isGuest,
        };

        bool Is(string flag) => user.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True;

        // Shared channels bring people of other workspaces; an organisation's people are in several.
        bool Belongs() => SlackAnswer.Text(user, "team_id") is var home && (home.Length == 0 || home == team
            || (user.TryGetProperty("enterprise_user", out var member) && member.ValueKind == JsonValueKind.Object
                && member.TryGetProperty("teams", out var teams) && teams.ValueKind == JsonValueKind.Array && teams.EnumerateArray().Any(t => t.ValueEquals(team))));
    }

    private static string NameOf(JsonElement user)
    {
        var profile = user.TryGetProperty("profile", out var found) ? found : default;
        return new[] { SlackAnswer.Text(profile, "display_name"), SlackAnswer.Text(profile, "real_name"), SlackAnswer.Text(user, "real_name"), SlackAnswer.Text(user, "name") }
            .FirstOrDefault(n => n.Length > 0) ?? SlackAnswer.Text(user, "id");
    }
}
