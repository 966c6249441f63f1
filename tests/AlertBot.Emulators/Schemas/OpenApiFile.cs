using System.Text.Json;

namespace AlertBot.Emulators.Schemas;

/// <summary>An OpenAPI 3.1 file and its judgement on requests and answers, from any thread.</summary>
internal sealed class OpenApiFile
{
    private readonly SpecDeviations _deviations;
    private readonly SchemaWalker _requests;
    private readonly SchemaWalker _answers;
    private readonly List<Operation> _operations = [];

    /// <param name="requests">How the service differs from the file in what it takes.</param>
    /// <param name="answers">How it differs in what it answers.</param>
    public OpenApiFile(JsonElement root, SpecDeviations requests, SpecDeviations answers)
    {
        _deviations = requests;
        _requests = new SchemaWalker(root, requests);
        _answers = new SchemaWalker(root, answers);
        foreach (var path in root.GetProperty("paths").EnumerateObject())
        {
            var shared = path.Value.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToList() : [];
            foreach (var method in path.Value.EnumerateObject().Where(member => member.Name != "parameters"))
            {
                _operations.Add(new Operation(method.Name.ToUpperInvariant(), path.Name.Trim('/').Split('/'), shared, method.Value));
            }
        }
    }

    public static OpenApiFile Read(string file, SpecDeviations requests, SpecDeviations answers) => new(JsonDocument.Parse(File.ReadAllBytes(file)).RootElement, requests, answers);

    /// <summary>What is wrong with a request by the file; a route that the file does not have is one fault.</summary>
    public IReadOnlyList<string> CheckRequest(string method, string path, IEnumerable<KeyValuePair<string, string>> query, JsonElement? body)
    {
        var operation = Find(method, path);
        return operation is null ? ["undocumented route"] : [.. CheckQuery(operation, query), .. CheckBody(operation, body)];
    }

    /// <summary>What is wrong with an answer by the file.</summary>
    public IReadOnlyList<string> CheckAnswer(string method, string path, int status, JsonElement? body)
    {
        var operation = Find(method, path);
        if (operation is null || !TryResponse(operation.Json.GetProperty("responses"), status, out var response))
        {
            return operation is null ? [] : [$"undocumented status {status}"];
        }

        response = _answers.Resolve(response);
        if (!response.TryGetProperty("content", out var content) || !content.TryGetProperty("application/json", out var json))
        {
            return body is null ? [] : [$"status {status} has no body"];
        }

        return body is { } value ? _answers.Check(json.GetProperty("schema"), value) : [$"status {status} must have a body"];
    }

    private IEnumerable<string> CheckQuery(Operation operation, IEnumerable<KeyValuePair<string, string>> query)
    {
        foreach (var (name, value) in query)
        {
            var known = operation.Parameters.FirstOrDefault(parameter => parameter.GetProperty("in").GetString() == "query" && parameter.GetProperty("name").GetString() == name);
            if (known.ValueKind == JsonValueKind.Undefined)
            {
                yield return $"?{name} unknown query parameter";
                continue;
            }

            var schema = _requests.Resolve(known.GetProperty("schema"));
            var typed = schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is "integer" or "number" or "boolean" ? Loose(value) : JsonSerializer.SerializeToElement(value);
            foreach (var fault in _deviations.Accepts($"?{name}", typed) ? [] : _requests.Check(schema, typed))
            {
                yield return $"?{name}{fault}";
            }
        }

        static JsonElement Loose(string value)
        {
            try
            {
                return JsonDocument.Parse(value).RootElement;
            }
            catch (JsonException)
            {
                return JsonSerializer.SerializeToElement(value);
            }
        }
    }

    private IReadOnlyList<string> CheckBody(Operation operation, JsonElement? body)
    {
        if (!operation.Json.TryGetProperty("requestBody", out var expected))
        {
            return body is null ? [] : ["this route takes no body"];
        }

        if (body is not { } value)
        {
            return expected.TryGetProperty("required", out var required) && required.GetBoolean() ? ["a body is required"] : [];
        }

        return expected.GetProperty("content").TryGetProperty("application/json", out var json) ? _requests.Check(json.GetProperty("schema"), value) : [];
    }

    private Operation? Find(string method, string path)
    {
        var parts = path.Trim('/').Split('/');
        return _operations.Where(operation => operation.Method == method && operation.Fits(parts)).MinBy(operation => operation.Variables);
    }

    private static bool TryResponse(JsonElement responses, int status, out JsonElement response) =>
        responses.TryGetProperty($"{status}", out response) || responses.TryGetProperty($"{status / 100}XX", out response) || responses.TryGetProperty("default", out response);

    private sealed record Operation(string Method, string[] Template, List<JsonElement> Shared, JsonElement Json)
    {
        public int Variables { get; } = Template.Count(part => part.StartsWith('{'));

        public IEnumerable<JsonElement> Parameters => Json.TryGetProperty("parameters", out var own) ? Shared.Concat(own.EnumerateArray()) : Shared;

        public bool Fits(string[] parts) => parts.Length == Template.Length && parts.Zip(Template).All(pair => pair.Second.StartsWith('{') || pair.First == pair.Second);
    }
}
