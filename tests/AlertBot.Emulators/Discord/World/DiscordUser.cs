using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Discord.World;

/// <summary>A person or a bot.</summary>
internal sealed record DiscordUser(string Id, string Name, bool Bot = false)
{
    /// <summary>Takes no messages from the bot (50007).</summary>
    public bool RefusesMessages { get; init; }

    public JsonObject Json()
    {
        var json = new JsonObject
        {
            ["id"] = Id,
            ["username"] = Name,
            ["avatar"] = null,
            ["discriminator"] = Bot ? "0001" : "0",
            ["public_flags"] = 0,
            ["flags"] = 0,
            ["banner"] = null,
            ["accent_color"] = null,
            ["global_name"] = Bot ? null : Name,
            ["avatar_decoration_data"] = null,
            ["collectibles"] = null,
            ["primary_guild"] = null,
        };
        if (Bot)
        {
            json["bot"] = true;
        }

        return json;
    }
}
