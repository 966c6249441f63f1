using AlertBot.Lookups.Answers;
using AlertBot.Tagging;

namespace AlertBot.Commands;

/// <summary><c>alertbot ask</c>: answers each question from the stories of a file, as the bot does from its archive where no model is set.</summary>
internal static class AskVerb
{
    private const string Usage = """
        Usage: alertbot ask --archive FILE [--knowledge FILE-or-FOLDER] [--top 20] < questions.jsonl

        FILE has a story a line, {"id","title","body","published"}; all but id and body may be left out, and "text" may stand for
        "body". Reads one question a line, {"id","question"}, and writes one line for each:
        {"id","answer","citations":[{"story","start","end"}],"ranked":[ids],"abstained"}, or {"error","line"} where it cannot be read.
        The answer has up to five sentences of the stories; [1] behind one is the first citation. Offsets count Unicode code points in
        the body; a citation of a title has "section":"title", too. Where the stories don't say, "abstained" is true and there are no citations.
        With --knowledge an actor who is named in a question is found under all its names.

        Exit code: 0 all lines were answered, 1 some could not be read, 2 wrong usage, or an archive or knowledge that cannot be read.
        """;

    public static Task<int> RunAsync(IReadOnlyList<string> args, TextReader input, TextWriter output, TextWriter error, CancellationToken ct) =>
        QuestionArchive.RunAsync(Usage, AnswerAsync, args, input, output, error, ct);

    private static async Task<object> AnswerAsync(QuestionArchive archive, string question, int top, CancellationToken ct)
    {
        var findings = await archive.FindAsync(question, top, ct);
        var answer = AnswerChooser.Choose(findings);
        return new
        {
            answer = answer.IsAbstained ? "The archive does not say." : answer.Text,
            citations = answer.Sources.Select(p => Citation(archive, p)),
            ranked = answer.Ranked.Select(archive.IdOf),
            abstained = answer.IsAbstained,
        };
    }

    private static Dictionary<string, object> Citation(QuestionArchive archive, Passage passage)
    {
        var text = passage.Section == TextSection.Title ? passage.Story.Title : passage.Story.Body;
        var citation = new Dictionary<string, object> { ["story"] = archive.IdOf(passage.Story), ["start"] = Points(text, passage.Start), ["end"] = Points(text, passage.End) };
        if (passage.Section == TextSection.Title)
        {
            citation["section"] = "title";
        }

        return citation;
    }

    private static int Points(string text, int characters) => text[..characters].EnumerateRunes().Count();
}
