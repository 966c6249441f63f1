using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Slack.World;

internal sealed record SlackUser(string Id, string Name)
{
    public bool IsAdmin { get; init; }

    public bool IsBot { get; init; }

    public JsonObject Json(string team) => new()
    {
        ["id"] = Id,
        ["team_id"] = team,
        ["name"] = Name,
        ["deleted"] = false,
        ["real_name"] = Name,
        ["tz"] = "Europe/London",
        ["tz_offset"] = 0,
        ["is_admin"] = IsAdmin,
        ["is_owner"] = false,
        ["is_bot"] = IsBot,
        ["profile"] = new JsonObject { ["real_name"] = Name, ["display_name"] = Name },
    };
}

internal sealed record SlackUserGroup(string Id, string Handle, string Name, IReadOnlyList<string> Users);
