using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertBot.Tagging;

namespace AlertBot.Commands;

/// <summary>A story as one JSON line says it.</summary>
internal sealed record StoryLine(string? Id, string? Title, string? Body, string? Published)
{
    /// <summary>How the lines of the verbs are read and written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Gives the fault of a line that holds no story.</summary>
    public static string? Read(string line, out string id, out StoryText? story)
    {
        id = "";
        story = null;
        if (Read<StoryLine>(line, out var read) is { } fault)
        {
            return fault;
        }

        id = read?.Id ?? "";
        return read is null ? "'id' is missing" : read.Read(out story);
    }

    /// <summary>Gives the fault of a line without an id, a text or a day that can be read.</summary>
    public string? Read(out StoryText? story)
    {
        story = null;
        if (Id is null || Body is null)
        {
            return $"'{(Id is null ? "id" : "body")}' is missing";
        }

        DateTimeOffset? published = null;
        if (Published is not null)
        {
            if (!DateTimeOffset.TryParse(Published, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
            {
                return $"'published' is '{Published}', which is no date";
            }

            published = day;
        }

        story = new StoryText(Title ?? "", Body, published);
        return null;
    }

    /// <summary>Gives the fault of a line that is no JSON object of that shape.</summary>
    public static string? Read<T>(string line, out T? value)
    {
        value = default;
        try
        {
            value = JsonSerializer.Deserialize<T>(line, Json);
            return null;
        }
        catch (JsonException wrong)
        {
            return wrong.Path is { Length: > 2 } path ? $"'{path[2..]}' {WantedAt(path)}" : "the line is no JSON object";
        }
    }

    private static string WantedAt(string path) =>
        path.EndsWith(".start", StringComparison.Ordinal) || path.EndsWith(".end", StringComparison.Ordinal) ? "must be a whole number"
        : path.EndsWith(']') ? "must be a text or an object with a 'slug'"
        : path is "$.actors" or "$.topics" or "$.mentions" or "$.quotes" or "$.traps" ? "must be a list"
        : "must be a text";
}
