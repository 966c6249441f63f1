using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Slack.World;

/// <summary>A channel, or the direct channel with one person.</summary>
internal sealed class SlackChannel(string id, string name)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public bool IsPrivate { get; init; }

    public bool IsArchived { get; set; }

    /// <summary>As payloads call it.</summary>
    public string ShownName => DirectUser is null ? Name : "directmessage";

    /// <summary>The person of a direct channel.</summary>
    public string? DirectUser { get; init; }

    public List<string> Members { get; } = [];

    /// <summary>Oldest first.</summary>
    public List<JsonObject> Messages { get; } = [];

    public JsonObject? Find(string? ts) => Messages.Find(message => message.Text("ts") == ts);

    public JsonObject Json(string bot)
    {
        var json = new JsonObject
        {
            ["id"] = Id,
            ["is_channel"] = !IsPrivate && DirectUser is null,
            ["is_group"] = IsPrivate,
            ["is_im"] = DirectUser is not null,
            ["is_private"] = IsPrivate || DirectUser is not null,
            ["is_archived"] = IsArchived,
            ["is_member"] = Members.Contains(bot),
            ["num_members"] = Members.Count,
        };
        json[DirectUser is null ? "name" : "user"] = DirectUser ?? Name;
        return json;
    }
}
