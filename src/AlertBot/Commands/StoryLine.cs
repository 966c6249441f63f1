using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertBot.Tagging;

namespace AlertBot.Commands;

/// <summary>A story as one JSON line says it; all but the id and the body may be left out, and "text" may stand for "body".</summary>
internal sealed record StoryLine(string? Id, string? Title, string? Body, string? Published, string? Text = null, string? Source = null, string? Url = null)
{
    private const int Done = 0;
    private const int SomeLinesFailed = 1;

    /// <summary>How the lines of the verbs are read and written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>
    /// Writes one line for each line that is not blank, as soon as it is known: <paramref name="answer"/>'s, or
    /// <c>{"error","line"}</c> in the place of one that cannot be read.
    /// </summary>
    /// <returns>The exit code: 0 all lines were answered, 1 some could not be read.</returns>
    public static async Task<int> AnswerAllAsync(Func<StoryLine, StoryText, object> answer, TextReader input, TextWriter output, CancellationToken ct)
    {
        var exit = Done;
        var number = 0;
        while (await input.ReadLineAsync(ct) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            StoryText? story = null;
            var fault = Read<StoryLine>(line, out var read) ?? (read is null ? "'id' is missing" : read.Read(out story));
            exit = fault is null ? exit : SomeLinesFailed;
            var written = fault is null ? answer(read!, story!) : new { error = fault, line = number };
            await output.WriteLineAsync(JsonSerializer.Serialize(written, Json).AsMemory(), ct);
            await output.FlushAsync(ct);
        }

        return exit;
    }

    /// <summary>Gives the fault of a line without an id, a text or a day that can be read.</summary>
    public string? Read(out StoryText? story)
    {
        story = null;
        if (Id is null || (Body ?? Text) is not { } body)
        {
            return $"'{(Id is null ? "id" : "body")}' is missing";
        }

        DateTimeOffset? published = null;
        if (!string.IsNullOrWhiteSpace(Published))
        {
            if (!DateTimeOffset.TryParse(Published, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
            {
                return $"'published' is '{Published}', which is no date";
            }

            published = day;
        }

        story = new StoryText(Title ?? "", body, published);
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
