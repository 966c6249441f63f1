using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>One REST request, read completely.</summary>
/// <param name="Path">After /api/vN.</param>
/// <param name="Body">The JSON, or that of payload_json.</param>
internal sealed record RestCall(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, JsonNode? Body, IReadOnlyList<UploadedFile> Files, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Why the body that arrived cannot be read.</summary>
    public DiscordError? Fault { get; init; }

    /// <summary>What stands in the variable parts of the route.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    public string this[string name] => Values[name];

    /// <summary>The body as an object; an absent one is an empty object.</summary>
    public JsonObject Form() => Body switch
    {
        JsonObject form => form,
        null => [],
        _ => throw FormErrors.One("", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"),
    };
}

/// <summary>What a route answers; no body means an empty one.</summary>
internal sealed record RestAnswer(int Status, JsonNode? Body)
{
    public static RestAnswer Ok(JsonNode body) => new(200, body);

    public static RestAnswer Created(JsonNode body) => new(201, body);

    public static RestAnswer None() => new(204, null);
}
