using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>What goes over the gateway, as far as we write or read it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(Outgoing<Identify>))]
[JsonSerializable(typeof(Outgoing<Resume>))]
[JsonSerializable(typeof(Outgoing<long?>))]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(Ready))]
internal sealed partial class GatewayJson : JsonSerializerContext;

internal sealed record Outgoing<T>(GatewayOp Op, T D);

internal sealed record Identify(string Token, int Intents, ClientProperties Properties, int[] Shard);

internal sealed record ClientProperties(string Os, string Browser, string Device);

internal sealed record Resume(string Token, string SessionId, long Seq);

/// <param name="HeartbeatInterval">In milliseconds.</param>
internal sealed record Hello(double HeartbeatInterval);

internal sealed record Ready(string? SessionId, string? ResumeGatewayUrl);
