using AlertBot.Stories.Events;
using AlertBot.Tagging;

namespace AlertBot.Commands;

/// <summary>
/// <c>alertbot events</c>: reads stories as JSON lines, in the order in which they came, and writes the event of each as
/// soon as it is known. A line that cannot be read is answered in its place and does not stop the rest.
/// </summary>
internal static class EventsVerb
{
    private const int Done = 0;
    private const int WrongUsage = 2;

    private const string Usage = """
        Usage: alertbot events < stories.jsonl

        Reads one story a line, {"id","title","body","published","source","url"}, in the order of arrival, and writes one
        line for each: {"id","event"}, or {"error","line"} where it cannot be read. Stories of one happening have one
        event; it bears the id of its first story. All but id and body may be left out; "text" may stand for "body".

        Exit code: 0 all lines were answered, 1 some could not be read, 2 wrong usage.
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextReader input, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (args is ["--help"] or ["-h"])
        {
            await output.WriteLineAsync(Usage.AsMemory(), ct);
            return Done;
        }

        if (args.Count > 0)
        {
            await error.WriteLineAsync(Usage.AsMemory(), ct);
            return WrongUsage;
        }

        var finder = new EventFinder();
        return await StoryLine.AnswerAllAsync((line, story) => new { id = line.Id, @event = finder.Place(StoryOf(line, story)).Event }, input, output, ct);
    }

    private static EventStory StoryOf(StoryLine line, StoryText story) =>
        new(line.Id!, story.Title, story.Body, story.Published, line.Source ?? (Uri.TryCreate(line.Url, UriKind.Absolute, out var address) ? address.Host : null));
}
