namespace AlertBot.Commands;

/// <summary><c>alertbot search</c>: ranks the stories of a file for each question, as the bot does over its archive.</summary>
internal static class SearchVerb
{
    private const string Usage = """
        Usage: alertbot search --archive FILE [--knowledge FILE-or-FOLDER] [--top 20] < questions.jsonl

        FILE has a story a line, {"id","title","body","published"}; all but id and body may be left out, and "text" may stand for
        "body". Reads one question a line, {"id","question"} ("query" may stand for it), and writes one line for each:
        {"id","ranked"} with the ids of the stories that fit best, best first, or {"error","line"} where it cannot be read.
        With --knowledge an actor who is named in a question is found under all its names.

        Exit code: 0 all lines were answered, 1 some could not be read, 2 wrong usage, or an archive or knowledge that cannot be read.
        """;

    public static Task<int> RunAsync(IReadOnlyList<string> args, TextReader input, TextWriter output, TextWriter error, CancellationToken ct) =>
        QuestionArchive.RunAsync(Usage, RankAsync, args, input, output, error, ct);

    private static async Task<object> RankAsync(QuestionArchive archive, string question, int top, CancellationToken ct) => new
    {
        ranked = (await archive.FindAsync(question, top, ct)).Stories.Select(archive.IdOf),
    };
}
