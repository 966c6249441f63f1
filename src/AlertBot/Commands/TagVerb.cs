using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Commands;

/// <summary>
/// <c>alertbot tag</c>: reads stories as JSON lines and writes what they are about, one line for each, as soon
/// as it is known. A line that cannot be read is answered in its place and does not stop the rest.
/// </summary>
internal static class TagVerb
{
    private const int Done = 0;
    private const int CannotStart = 2;

    private const string Usage = """
        Usage: alertbot tag --knowledge FILE-or-FOLDER < stories.jsonl

        Reads one story a line, {"id","title","body","published"}, and writes one line for each:
        {"id","actors","topics","mentions","quotes","statements","evidence"}, or {"error","line"} where it cannot be read.
        Offsets count Unicode code points in the body.

        Exit code: 0 all lines were tagged, 1 some could not be read, 2 wrong usage or faulty knowledge.
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextReader input, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            await output.WriteLineAsync(Usage.AsMemory(), ct);
            return Done;
        }

        if (args is not ["--knowledge", var path])
        {
            await error.WriteLineAsync(Usage.AsMemory(), ct);
            return CannotStart;
        }

        StoryTagger tagger;
        try
        {
            tagger = new StoryTagger(KnowledgeFile.Load(path));
        }
        catch (KnowledgeException faulty)
        {
            foreach (var fault in faulty.Faults)
            {
                await error.WriteLineAsync(fault.ToString().AsMemory(), ct);
            }

            return CannotStart;
        }

        return await StoryLine.AnswerAllAsync((line, story) => StoryLabels.Of(line.Id!, story, tagger.Tag(story)), input, output, ct);
    }
}
