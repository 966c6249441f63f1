using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Discord.World;

/// <summary>One message: its JSON as Discord answers it, and what the emulator must know besides.</summary>
internal sealed class DiscordMessage(string id, string authorId, JsonObject json)
{
    public const int Ephemeral = 64;
    public const int Loading = 128;

    public string Id { get; } = id;

    public string AuthorId { get; } = authorId;

    public JsonObject Json { get; set; } = json;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was edited after its first hour.</summary>
    public List<DateTimeOffset> LateEdits { get; } = [];

    public string? ThreadId { get; set; }

    public bool Deleted { get; set; }

    public int Flags
    {
        get => Json.Integer("flags") ?? 0;
        set => Json["flags"] = value;
    }

    public bool IsEphemeral => (Flags & Ephemeral) != 0;
}
