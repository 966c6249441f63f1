using System.Text.Json;

namespace AlertBot.Platforms.Slack.Web;

/// <summary>A user group of a workspace, such as <c>@editors</c>.</summary>
/// <param name="Members">The ids of the people in it.</param>
internal sealed record UserGroup(string Id, string Name, IReadOnlySet<string> Members)
{
    /// <param name="answer">Of usergroups.list. https://docs.slack.dev/reference/methods/usergroups.list</param>
    public static IReadOnlyList<UserGroup> In(JsonElement answer) =>
        answer.TryGetProperty("usergroups", out var groups) && groups.ValueKind == JsonValueKind.Array
            ? [.. groups.EnumerateArray().Where(g => SlackAnswer.Text(g, "id").Length > 0).Select(Read)]
            : [];

    private static UserGroup Read(JsonElement group) => new(
        SlackAnswer.Text(group, "id"),
        SlackAnswer.Text(group, "handle") is { Length: > 0 } handle ? "@" + handle : SlackAnswer.Text(group, "name"),
        group.TryGetProperty("users", out var users) && users.ValueKind == JsonValueKind.Array
            ? users.EnumerateArray().Where(u => u.ValueKind == JsonValueKind.String).Select(u => u.GetString()!).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>());
}
