using System.Text.Json.Nodes;

namespace AlertBot.Platforms.Slack.Wire;

/// <summary>Tells Slack, over the socket that brought it, that an envelope arrived.</summary>
internal sealed record Acknowledgement(string EnvelopeId, JsonObject? Payload);
