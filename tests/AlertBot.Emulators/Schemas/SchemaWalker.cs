using System.Collections.Concurrent;
using System.Text.Json;

namespace AlertBot.Emulators.Schemas;

/// <summary>
/// Judges JSON, from any thread, by the schemas of an OpenAPI 3.1 file. Stricter than the standard in one way: a property that an object's schema
/// does not name is a fault, so that a misspelt one is found.
/// </summary>
internal sealed class SchemaWalker(JsonElement root, SpecDeviations deviations)
{
    private readonly ConcurrentDictionary<string, JsonElement> _references = [];

    /// <summary>The faults, each as pointer and complaint; empty when the value is good.</summary>
    public IReadOnlyList<string> Check(JsonElement schema, JsonElement value)
    {
        var faults = new List<string>();
        Walk(schema, value, "", faults);
        return faults;
    }

    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
        {
            schema = Follow(reference.GetString()!);
        }

        return schema;
    }

    private JsonElement Follow(string reference) =>
        _references.GetOrAdd(reference, static (path, root) => path.Split('/').Skip(1).Aggregate(root, (at, part) => at.GetProperty(part)), root);

    private void Walk(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (deviations.Accepts(path, value))
        {
            return;
        }

        if (deviations.Refuses(path, value) is { } refused)
        {
            faults.Add($"{path} {refused}");
        }

        var named = new NamedProperties();
        Judge(schema, value, path, faults, named);
        if (value.ValueKind == JsonValueKind.Object && named.Closed)
        {
            faults.AddRange(value.EnumerateObject()
                .Where(property => !named.Contains(property.Name) && !deviations.Ignores($"{path}/{property.Name}", property.Value))
                .Select(property => $"{path}/{property.Name} unknown property"));
        }
    }

    private void Judge(JsonElement schema, JsonElement value, string path, List<string> faults, NamedProperties named)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            Judge(Follow(reference.GetString()!), value, path, faults, named);
        }

        if (schema.TryGetProperty("type", out var type) && !ValueRules.IsOfType(type, value))
        {
            faults.Add($"{path} must be {(type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray()) : type.GetString())}");
            return;
        }

        faults.AddRange(ValueRules.Faults(schema, value).Select(fault => $"{path} {fault}"));
        JudgeArray(schema, value, path, faults);
        JudgeObject(schema, value, path, faults, named);
        JudgeCombined(schema, value, path, faults, named);
    }

    private void JudgeArray(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var (at, item) in value.EnumerateArray().Index())
            {
                Walk(items, item, $"{path}/{at}", faults);
            }
        }
    }

    private void JudgeObject(JsonElement schema, JsonElement value, string path, List<string> faults, NamedProperties named)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("required", out var required))
        {
            faults.AddRange(required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path} must have required property '{name.GetString()}'"));
        }

        var own = new HashSet<string>();
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                own.Add(property.Name);
                if (value.TryGetProperty(property.Name, out var member))
                {
                    Walk(property.Value, member, $"{path}/{property.Name}", faults);
                }
            }
        }

        named.Add(own);
        JudgeAdditional(schema, value, path, faults, named, own);
    }

    private void JudgeAdditional(JsonElement schema, JsonElement value, string path, List<string> faults, NamedProperties named, HashSet<string> own)
    {
        if (!schema.TryGetProperty("additionalProperties", out var additional))
        {
            return;
        }

        if (additional.ValueKind == JsonValueKind.False)
        {
            named.Close();
            return;
        }

        foreach (var property in value.EnumerateObject().Where(property => !own.Contains(property.Name)))
        {
            Walk(additional, property.Value, $"{path}/{property.Name}", faults);
        }

        named.Open();
    }

    private void JudgeCombined(JsonElement schema, JsonElement value, string path, List<string> faults, NamedProperties named)
    {
        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var part in all.EnumerateArray())
            {
                Judge(part, value, path, faults, named);
            }
        }

        if (schema.TryGetProperty("oneOf", out var one))
        {
            JudgeChoice(one, value, path, faults, named, single: true);
        }

        if (schema.TryGetProperty("anyOf", out var any))
        {
            JudgeChoice(any, value, path, faults, named, single: false);
        }
    }

    private void JudgeChoice(JsonElement branches, JsonElement value, string path, List<string> faults, NamedProperties named, bool single)
    {
        var tried = branches.EnumerateArray().Select(branch => Tried(branch, value, path)).ToList();
        var right = tried.Count(branch => branch.Count == 0);
        if (right == 0)
        {
            // The branch whose kind fits is the one that was meant.
            faults.AddRange(tried.OrderBy(branch => branch.Any(fault => IsAboutKind(fault, path))).ThenBy(branch => branch.Count).First());
        }
        else if (single && right > 1)
        {
            faults.Add($"{path} must match exactly one schema in oneOf");
        }

        named.Open();
    }

    private List<string> Tried(JsonElement branch, JsonElement value, string path)
    {
        var faults = new List<string>();
        Walk(branch, value, path, faults);
        return faults;
    }

    private static bool IsAboutKind(string fault, string path) =>
        fault.StartsWith($"{path}/type must", StringComparison.Ordinal) || fault.StartsWith($"{path} must be ", StringComparison.Ordinal);

    /// <summary>The properties that the schemas of one object name together.</summary>
    private sealed class NamedProperties
    {
        private readonly HashSet<string> _names = [];
        private bool _open;
        private bool _closed;

        public bool Closed => !_open && (_closed || _names.Count > 0);

        public void Add(HashSet<string> names) => _names.UnionWith(names);

        public bool Contains(string name) => _names.Contains(name);

        public void Open() => _open = true;

        public void Close() => _closed = true;
    }
}
