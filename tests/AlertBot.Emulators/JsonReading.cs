using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlertBot.Emulators;

/// <summary>Reads members of loose JSON; what is absent or of another kind reads as null.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonNode? of, string key) => Member(of, key) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static bool? Flag(this JsonNode? of, string key) => Member(of, key)?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static double? Number(this JsonNode? of, string key) => Member(of, key) is JsonValue value ? value.AsNumber() : null;

    public static int? Integer(this JsonNode? of, string key) =>
        of.Number(key) is { } number && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null;

    public static double? AsNumber(this JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;

    public static string? AsText(this JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static JsonObject? Map(this JsonNode? of, string key) => Member(of, key) as JsonObject;

    public static JsonArray? List(this JsonNode? of, string key) => Member(of, key) as JsonArray;

    public static JsonNode? Member(this JsonNode? of, string key) => of is JsonObject map && map.TryGetPropertyValue(key, out var value) ? value : null;

    public static bool Has(this JsonNode? of, string key) => of is JsonObject map && map.ContainsKey(key);

    /// <summary>Null for what is no JSON.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A copy that no later change reaches.</summary>
    public static JsonElement Frozen(this JsonNode? node) => JsonSerializer.SerializeToElement(node);

    public static T Copy<T>(this T node)
        where T : JsonNode => (T)node.DeepClone();
}
