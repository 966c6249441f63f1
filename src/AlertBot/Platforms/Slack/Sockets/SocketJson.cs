using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Slack.Sockets;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Acknowledgement))]
internal sealed partial class SocketJson : JsonSerializerContext;
