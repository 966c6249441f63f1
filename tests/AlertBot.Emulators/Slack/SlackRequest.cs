using System.Text.Json;

namespace AlertBot.Emulators.Slack;

/// <summary>One Web API request as it was answered.</summary>
/// <param name="Method">chat.postMessage, for example.</param>
/// <param name="Arguments">With the JSON in form fields read, and without the token.</param>
/// <param name="Status">Null where the connection was cut instead of an answer.</param>
public sealed record SlackRequest(string Method, JsonElement Arguments, int? Status, JsonElement? Answer, DateTimeOffset At)
{
    public override string ToString() => $"{Method} -> {Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "cut"} {(Answer is { } answer && answer.TryGetProperty("error", out var error) ? error.GetString() : "")}";
}
