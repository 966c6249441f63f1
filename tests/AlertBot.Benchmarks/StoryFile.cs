using System.Text.Json;

namespace AlertBot.Benchmarks;

/// <summary>A story with what is known to stand in it.</summary>
/// <param name="Mentions">Names written as in the knowledge base.</param>
/// <param name="Cased">Names in capitals.</param>
/// <param name="Decoys">Names hidden inside longer words.</param>
internal sealed record KnownStory(string Title, string Text, IReadOnlyList<KnownMention> Mentions, IReadOnlyList<KnownMention> Cased, IReadOnlyList<string> Decoys);

internal readonly record struct KnownMention(int Start, int End, long Entity, string Alias);

/// <summary>Stories as <c>gen_stories.py</c> writes them, a line each. Files without any ground truth are read too.</summary>
internal static class StoryFile
{
    public static IReadOnlyList<KnownStory> Read(string path, int limit)
    {
        var stories = new List<KnownStory>();
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0).Take(limit))
        {
            using var json = JsonDocument.Parse(line);
            var story = json.RootElement;
            stories.Add(new KnownStory(
                Text(story, "title"), Text(story, "text") is { Length: > 0 } text ? text : Text(story, "body"), Mentions(story, "mentions"), Mentions(story, "cased"),
                story.TryGetProperty("decoys", out var decoys) ? [.. decoys.EnumerateArray().Select(decoy => decoy.GetString()!)] : []));
        }

        return stories.Count > 0 ? stories : throw new InvalidDataException($"{path} holds no stories: give a file with a JSON object a line");
    }

    private static string Text(JsonElement story, string name) => story.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";

    // Gold stories have mentions of another form; they bring no entity and are left out.
    private static IReadOnlyList<KnownMention> Mentions(JsonElement story, string name)
    {
        if (!story.TryGetProperty(name, out var mentions))
        {
            return [];
        }

        return
        [
            .. mentions.EnumerateArray().Where(mention => mention.TryGetProperty("entity", out _)).Select(mention => new KnownMention(
                mention.GetProperty("start").GetInt32(), mention.GetProperty("end").GetInt32(), mention.GetProperty("entity").GetInt64(), mention.GetProperty("alias").GetString()!)),
        ];
    }
}
