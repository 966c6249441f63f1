using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>What a modal remembers: the line that its fields complete, and the channel that it was opened in.</summary>
internal sealed record FormMetadata(string Line, SlackAddress Place, string? Thread)
{
    private const int MaxLength = 3000;

    /// <summary>Null where a modal can't hold that much.</summary>
    public string? Text => new JsonObject { ["line"] = Line, ["channel"] = Place.ToChannel().ToString(), ["thread"] = Thread }.ToJsonString() is { Length: <= MaxLength } text ? text : null;

    /// <returns>Null for anything that was not written for this workspace.</returns>
    public static FormMetadata? Parse(string text, string team)
    {
        try
        {
            var read = text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default;
            return read.Text("channel").Split(':') is [SlackAddress.Platform, var channel] && SlackAddress.Parse(channel) is { } place && place.Team == team
                ? new FormMetadata(read.Text("line"), place, read.Text("thread") is { Length: > 0 } thread ? thread : null)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
