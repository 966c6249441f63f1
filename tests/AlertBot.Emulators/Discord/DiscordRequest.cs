using System.Text.Json;

namespace AlertBot.Emulators.Discord;

/// <summary>One REST request as it was answered.</summary>
/// <param name="Path">After /api/vN.</param>
/// <param name="Authorized">It carried an Authorization header.</param>
/// <param name="Status">Null where the connection was cut instead of an answer.</param>
/// <param name="Files">Names of uploaded files.</param>
public sealed record DiscordRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    JsonElement? Body,
    bool Authorized,
    IReadOnlyDictionary<string, string> Headers,
    int? Status,
    JsonElement? Answer,
    IReadOnlyList<string> Files,
    DateTimeOffset At)
{
    public override string ToString() => $"{Method} {Path} -> {Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "cut"}";
}
