using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlertBot.Emulators.Schemas;

/// <summary>The keywords that look at one value only.</summary>
internal static class ValueRules
{
    private static readonly ConcurrentDictionary<string, Regex> Patterns = [];

    public static bool IsOfType(JsonElement type, JsonElement value) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(one => IsOfType(one, value)) : (type.GetString(), value.ValueKind) switch
        {
            ("string", JsonValueKind.String) => true,
            ("object", JsonValueKind.Object) => true,
            ("array", JsonValueKind.Array) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("null", JsonValueKind.Null) => true,
            ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => value.GetDouble() == Math.Floor(value.GetDouble()),
            _ => false,
        };

    public static IEnumerable<string> Faults(JsonElement schema, JsonElement value) => Fixed(schema, value).Concat(value.ValueKind switch
    {
        JsonValueKind.String => OfText(schema, value.GetString()!),
        JsonValueKind.Number => OfNumber(schema, value.GetDouble()),
        JsonValueKind.Array => OfCount(schema, value.GetArrayLength(), "Items", "items").Concat(Unique(schema, value)),
        JsonValueKind.Object => OfCount(schema, value.EnumerateObject().Count(), "Properties", "properties"),
        _ => [],
    });

    private static IEnumerable<string> Fixed(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
        {
            yield return "must be equal to one of the allowed values";
        }

        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
        {
            yield return "must be equal to constant";
        }
    }

    private static IEnumerable<string> OfText(JsonElement schema, string text)
    {
        var length = text.EnumerateRunes().Count();
        foreach (var fault in OfCount(schema, length, "Length", "characters"))
        {
            yield return fault;
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !Patterns.GetOrAdd(pattern.GetString()!, Compiled).IsMatch(text))
        {
            yield return $"must match pattern \"{pattern.GetString()}\"";
        }

        static Regex Compiled(string pattern) => new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    private static IEnumerable<string> OfNumber(JsonElement schema, double number)
    {
        if (schema.TryGetProperty("minimum", out var least) && number < least.GetDouble())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"must be >= {least.GetDouble()}");
        }

        if (schema.TryGetProperty("maximum", out var most) && number > most.GetDouble())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"must be <= {most.GetDouble()}");
        }
    }

    private static IEnumerable<string> OfCount(JsonElement schema, int count, string keyword, string what)
    {
        if (schema.TryGetProperty("min" + keyword, out var least) && count < least.GetInt32())
        {
            yield return $"must NOT have fewer than {least.GetInt32()} {what}";
        }

        if (schema.TryGetProperty("max" + keyword, out var most) && count > most.GetInt32())
        {
            yield return $"must NOT have more than {most.GetInt32()} {what}";
        }
    }

    private static IEnumerable<string> Unique(JsonElement schema, JsonElement array)
    {
        if (schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True
            && array.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() < array.GetArrayLength())
        {
            yield return "must NOT have duplicate items";
        }
    }
}
