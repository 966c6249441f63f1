using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Slack.Wire;

/// <summary>Messages and views as Slack reads them: names in snake case, nothing that is null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlackMessage))]
[JsonSerializable(typeof(SlackView))]
[JsonSerializable(typeof(IReadOnlyList<Option>))]
internal sealed partial class SlackJson : JsonSerializerContext;
