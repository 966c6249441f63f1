using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertBot.Emulators.Schemas;

namespace AlertBot.Emulators.Discord;

/// <summary>Where Discord's published description and Discord differ.</summary>
internal static partial class DiscordSpecDeviations
{
    private static readonly ConcurrentDictionary<string, OpenApiFile> Files = [];

    public static SpecDeviations InRequests { get; } = new Requests();

    public static SpecDeviations InAnswers { get; } = new Answers();

    /// <summary>The description in a file, read once in this process.</summary>
    public static OpenApiFile Read(string file) => Files.GetOrAdd(file, static path => OpenApiFile.Read(path, InRequests, InAnswers));

    private sealed class Requests : SpecDeviations
    {
        // default_member_permissions is typed integer; the documents and all clients send a string of digits.
        // Truths in a query may be written 1 and 0; discord.py does.
        public override bool Accepts(string path, JsonElement value) =>
            path is "?wait" or "?with_response" or "?with_localizations" && value.ValueKind == JsonValueKind.Number && value.GetDouble() is 0 or 1
            || path.EndsWith("/default_member_permissions", StringComparison.Ordinal) && value.ValueKind == JsonValueKind.String && DigitsPattern().IsMatch(value.GetString()!);

        // content is allowed 4000 characters; that is what people with a subscription may send, a bot has 2000.
        public override string? Refuses(string path, JsonElement value) =>
            path is "/content" or "/data/content" or "/message/content" && value.ValueKind == JsonValueKind.String && value.GetString()!.EnumerateRunes().Count() > 2000
                ? "must NOT have more than 2000 characters"
                : null;

        // Real clients say no to what was never asked on this route (tts, enforce_nonce), and name the type that a thread from a
        // message has anyway. The documents give commands an nsfw that the description leaves out.
        public override bool Ignores(string path, JsonElement value) =>
            value.ValueKind == JsonValueKind.False && NeedlessNoPattern().IsMatch(path)
            || path == "/type" && value.ValueKind == JsonValueKind.Number && value.GetInt32() is 10 or 11
            || NsfwPattern().IsMatch(path) && value.ValueKind is JsonValueKind.True or JsonValueKind.False;
    }

    private sealed class Answers : SpecDeviations
    {
        // Codes inside errors are typed integer; the documents show text such as BASE_TYPE_MAX_LENGTH, and Discord sends text.
        public override bool Accepts(string path, JsonElement value) => path.StartsWith("/errors/", StringComparison.Ordinal) || path == "/errors";

        public override string? Refuses(string path, JsonElement value) => null;

        // A forum post is answered with its first message inside, by the documents; the description leaves it out.
        public override bool Ignores(string path, JsonElement value) => path == "/message" && value.ValueKind == JsonValueKind.Object;
    }

    [GeneratedRegex("^(/data|/message)?/(tts|enforce_nonce)$")]
    private static partial Regex NeedlessNoPattern();

    [GeneratedRegex(@"^(/\d+)?/nsfw$")]
    private static partial Regex NsfwPattern();

    [GeneratedRegex(@"^\d+$")]
    private static partial Regex DigitsPattern();
}
