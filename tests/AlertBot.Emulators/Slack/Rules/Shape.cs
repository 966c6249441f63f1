using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Slack.Rules;

/// <summary>Looks at one value and says what is wrong with it.</summary>
internal delegate void Check(SlackFaults faults, JsonNode? value, string at);

internal sealed record Field(string Name, Check Check, bool Required = false);

/// <summary>The properties that an object may and must have: any other is a fault.</summary>
internal sealed record Shape(params Field[] Fields)
{
    public void Look(SlackFaults faults, JsonNode? value, string at)
    {
        if (value is not JsonObject map)
        {
            faults.Add(at, "must provide an object");
            return;
        }

        foreach (var field in Fields.Where(field => field.Required && !map.ContainsKey(field.Name)))
        {
            faults.Add(at, $"missing required field: {field.Name}");
        }

        foreach (var (name, property) in map)
        {
            if (Fields.FirstOrDefault(field => field.Name == name) is { } field)
            {
                field.Check(faults, property, $"{at}/{name}");
            }
            else
            {
                faults.Add(at, $"invalid additional property: {name}");
            }
        }
    }

    public Shape With(params Field[] more) => new([.. Fields, .. more]);

    public static Field Must(string name, Check check) => new(name, check, Required: true);

    public static Field May(string name, Check check) => new(name, check);

    public static Check Text(int most, int least = 1) => (faults, value, at) =>
    {
        if (value.AsText() is not { } text)
        {
            faults.Add(at, "must provide a string");
        }
        else if (text.Length > most)
        {
            faults.Add(at, $"must be less than {most + 1} characters");
        }
        else if (text.Length < least)
        {
            faults.Add(at, $"must be more than {least - 1} characters");
        }
    };

    public static Check Flag { get; } = (faults, value, at) =>
    {
        if (value?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            faults.Add(at, "must provide a boolean");
        }
    };

    public static Check Number(int least, int most) => (faults, value, at) =>
    {
        if (value.AsNumber() is not { } number || number != Math.Floor(number) || number < least || number > most)
        {
            faults.Add(at, $"must be a whole number from {least} to {most}");
        }
    };

    public static Check OneOf(params string[] words) => (faults, value, at) =>
    {
        if (value.AsText() is not { } text || !words.Contains(text))
        {
            faults.Add(at, $"must be one of: {string.Join(", ", words)}");
        }
    };

    public static Check Url { get; } = (faults, value, at) =>
    {
        Text(3000)(faults, value, at);
        if (!Uri.TryCreate(value.AsText(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(at, "must be a valid URL");
        }
    };

    public static Check Each(int least, int most, Check check) => (faults, value, at) =>
    {
        if (value is not JsonArray list)
        {
            faults.Add(at, "must provide an array");
            return;
        }

        if (list.Count > most)
        {
            faults.Add(at, $"no more than {most} items allowed");
        }
        else if (list.Count < least)
        {
            faults.Add(at, $"no fewer than {least} items allowed");
        }

        foreach (var (index, item) in list.Index())
        {
            check(faults, item, $"{at}/{index}");
        }
    };

    /// <summary>The object's <c>type</c> says which shape it must have.</summary>
    public static Check Typed(IReadOnlyDictionary<string, Shape> shapes, params string[] allowed) => (faults, value, at) =>
    {
        var type = value.Text("type");
        if (type is not null && allowed.Contains(type) && shapes.TryGetValue(type, out var shape))
        {
            shape.With(Must("type", OneOf(type))).Look(faults, value, at);
        }
        else
        {
            faults.Add(at, type is null ? "missing required field: type" : $"unsupported type: {type}");
        }
    };

    /// <summary>Exactly one of the properties.</summary>
    public static void Either(SlackFaults faults, JsonNode? value, string at, string one, string other)
    {
        if (value is JsonObject && value.Has(one) == value.Has(other))
        {
            faults.Add(at, $"must have either {one} or {other}");
        }
    }
}
