using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Discord.Wire;

/// <summary>Messages and forms as Discord reads them: names in snake case, nothing that is null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DiscordMessage))]
[JsonSerializable(typeof(Modal))]
internal sealed partial class MessageJson : JsonSerializerContext;
