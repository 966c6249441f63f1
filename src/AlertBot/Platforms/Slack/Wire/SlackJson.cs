using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Slack.Wire;

/// <summary>Messages, views and acknowledgements as Slack reads them: names in snake case, nothing that is null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlackMessage))]
[JsonSerializable(typeof(SlackView))]
[JsonSerializable(typeof(IReadOnlyList<Option>))]
[JsonSerializable(typeof(Acknowledgement))]
internal sealed partial class SlackJson : JsonSerializerContext;
