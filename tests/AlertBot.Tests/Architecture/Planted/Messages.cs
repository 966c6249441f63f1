#pragma warning disable IDE0130 // These stand in another namespace on purpose: they are what the rule about mentions must catch.
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AlertBot.Platforms.Discord.Wire;

namespace Planted.Discord;

internal sealed record MessageWithoutMentions(IReadOnlyList<Embed> Embeds);

internal sealed record MessageWithMentionsOfChoice
{
    public string? Content { get; init; }

    public AllowedMentions AllowedMentions { get; init; } = AllowedMentions.Nobody;
}

internal sealed record MessageOfOtherName([property: JsonPropertyName("content")] string Words);

internal sealed record MessageWithComponents(IReadOnlyList<ActionRow> Components);

internal sealed record MessageWithAnythingElse
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Rest { get; init; } = [];
}

internal sealed record MessageToRead
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public string Content { get; init; } = "";
}

internal static class MessageByHand
{
    public static string Written(string text) => "{\"content\": \"" + text + "\"}";

    public static string Unnamed(string text) => JsonSerializer.Serialize(new { content = text });

    public static string Built(string text) => new JsonObject { ["content"] = text }.ToJsonString();
}
