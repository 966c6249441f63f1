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
        {"id","actors","topics","mentions","quotes"}, or {"error","line"} where it cannot be read.
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

        return await StoryLine.AnswerAllAsync(line => Answer(line.Id, new StoryText(line.Title, line.Body, line.Published), tagger), input, output, ct);
    }

    private static object Answer(string id, StoryText story, StoryTagger tagger)
    {
        var tagged = tagger.Tag(story);
        var points = new CodePoints(story.Body);
        return new
        {
            id,
            actors = tagged.Tags.Where(tag => tag.Name.Kind == TagKind.Actor)
                .Select(tag => new { slug = tag.Name.Slug, salience = tag.Salience == Salience.Main ? "main" : "mentioned" }),
            topics = tagged.Tags.Where(tag => tag.Name.Kind == TagKind.Topic).Select(tag => tag.Name.Slug),
            mentions = tagged.Mentions.Where(mention => mention.Section == TextSection.Body)
                .Select(mention => new { start = points.At(mention.Start), end = points.At(mention.Start + mention.Text.Length), text = mention.Text, slug = mention.Slug }),
            quotes = tagged.Quotes.Where(quote => quote.Section == TextSection.Body)
                .Select(quote => new { start = points.At(quote.Start), end = points.At(quote.Start + quote.Text.Length), text = quote.Text, speaker = quote.Speaker, speaker_name = quote.SpeakerName }),
        };
    }

    /// <summary>Turns offsets in UTF-16 units into offsets in code points.</summary>
    private sealed class CodePoints(string text)
    {
        private readonly int[] _lowSurrogates = [.. Enumerable.Range(0, text.Length).Where(i => char.IsLowSurrogate(text[i]))];

        public int At(int offset)
        {
            var before = Array.BinarySearch(_lowSurrogates, offset);
            return offset - (before < 0 ? ~before : before);
        }
    }
}
