using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlertBot.Commands;

/// <summary>A story as a JSON line of standard input: <c>{"id","title","body","published","source","url"}</c>, all but id and body optional.</summary>
internal sealed record StoryLine(string Id, string Title, string Body, DateTimeOffset? Published, string? Source, string? Url)
{
    /// <summary>How the verbs that read stories write their answers.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private const int Done = 0;
    private const int SomeLinesFailed = 1;

    /// <summary>
    /// Writes one line for each line that is not blank, as soon as it is known: <paramref name="answer"/>'s, or
    /// <c>{"error","line"}</c> in the place of one that cannot be read.
    /// </summary>
    /// <returns>The exit code: 0 all lines were answered, 1 some could not be read.</returns>
    public static async Task<int> AnswerAllAsync(Func<StoryLine, object> answer, TextReader input, TextWriter output, CancellationToken ct)
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

            var fault = Read(line, out var story);
            var written = fault is null ? answer(story!) : new { error = fault, line = number };
            exit = fault is null ? exit : SomeLinesFailed;
            await output.WriteLineAsync(JsonSerializer.Serialize(written, Json).AsMemory(), ct);
            await output.FlushAsync(ct);
        }

        return exit;
    }

    /// <summary>Gives the fault of a line that holds no story.</summary>
    private static string? Read(string line, out StoryLine? story)
    {
        story = null;
        Fields? read;
        try
        {
            read = JsonSerializer.Deserialize<Fields>(line, Json);
        }
        catch (JsonException wrong)
        {
            return wrong.Path is { Length: > 2 } path ? $"'{path[2..]}' must be a text" : "the line is no JSON object";
        }

        if (read?.Id is not { } id || (read.Body ?? read.Text) is not { } body)
        {
            return $"'{(read?.Id is null ? "id" : "body")}' is missing";
        }

        DateTimeOffset? published = null;
        if (!string.IsNullOrWhiteSpace(read.Published))
        {
            if (!DateTimeOffset.TryParse(read.Published, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
            {
                return $"'published' is '{read.Published}', which is no date";
            }

            published = day;
        }

        story = new StoryLine(id, read.Title ?? "", body, published, read.Source, read.Url);
        return null;
    }

    private sealed record Fields(string? Id, string? Title, string? Body, string? Text, string? Published, string? Source, string? Url);
}
