using AlertBot.Commands.Evaluation;
using AlertBot.Knowledge;

namespace AlertBot.Commands;

/// <summary><c>alertbot eval</c>: holds the tagger, or the answers of any other, against stories that people labelled.</summary>
internal static class EvalVerb
{
    private const int Done = 0;
    private const int SomeLinesFailed = 1;
    private const int CannotStart = 2;

    private const string Usage = """
        Usage: alertbot eval --gold FILE (--knowledge FILE-or-FOLDER | --system FILE) [--json FILE|-] [--verbose]

        Tags the stories of a gold set and shows how much of it is right, by the definitions of the set's own scorer: micro
        over all labels, macro as the mean over stories, "label" as the mean over labels, and the actors by trap.

          --gold FILE       JSON lines {"id","title","body","published","actors","topics","mentions","quotes","traps"}.
                            A list that a line lacks is not judged in that story.
          --knowledge PATH  The actors and topics to tag with.
          --system FILE     Judges these answers instead, lines as `alertbot tag` writes them.
          --json FILE       Writes the figures as JSON as well; "-" writes them to standard output instead of the table.
          --verbose         Lists the errors of each story.

        Exit code: 0 all lines were judged, 1 some could not be read, 2 wrong usage or faulty knowledge.
        """;

    private static readonly string[] Options = ["--gold", "--knowledge", "--system", "--json"];

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, TimeProvider time, CancellationToken ct)
    {
        if (VerbArguments.Read(args, Options, ["--verbose"], out var wrong) is not { } given)
        {
            return await FailAsync(wrong);
        }

        if (given.WantsHelp)
        {
            await output.WriteLineAsync(Usage.AsMemory(), ct);
            return Done;
        }

        if (given["--gold"] is not { } gold || given["--knowledge"] is null == given["--system"] is null || given.Rest.Count > 0)
        {
            return await FailAsync(given.Rest is [var extra, ..] ? $"'{extra}' is no option of this verb." : "Give --gold, and either --knowledge or --system.");
        }

        try
        {
            return await JudgeAsync(gold, given, output, new JsonLines(error), new Progress(error, time, "stories"), time, ct);
        }
        catch (KnowledgeException faulty)
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, faulty.Faults).AsMemory(), ct);
            return CannotStart;
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"alertbot eval: {unread.Message}");
            return CannotStart;
        }

        async Task<int> FailAsync(string why)
        {
            await error.WriteLineAsync($"alertbot eval: {why}{Environment.NewLine}{Environment.NewLine}{Usage}");
            return CannotStart;
        }
    }

    private static async Task<int> JudgeAsync(
        string gold, VerbArguments given, TextWriter output, JsonLines lines, Progress progress, TimeProvider time, CancellationToken ct)
    {
        var system = given["--system"] is { } file ? await ReadAnswersAsync(file, lines, ct) : null;
        IAnswers answers = system is null ? new TaggedAnswers(KnowledgeFile.Load(given["--knowledge"]!), time) : new WrittenAnswers(system);
        var score = new EvalScore(answers.HaveSalience);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var stories = new List<string>();
        await foreach (var (story, number) in lines.ReadAsync(gold, (string line, out GoldStory? read) => GoldStory.Read(line, answers.NeedText, out read), ct))
        {
            if (!ids.Add(story.Labels.Id!))
            {
                await lines.TellAsync(gold, number, $"id '{story.Labels.Id}' stands there twice: keep one");
                continue;
            }

            var errors = score.Add(story, answers.To(story));
            if (given.Has("--verbose"))
            {
                stories.Add(string.Join($"{Environment.NewLine}  ", [$"{story.Labels.Id}  {story.Title}", .. errors.DefaultIfEmpty("no error")]));
            }

            progress.Report(score.Stories);
        }

        var report = new EvalReport(score, system?.Keys.Count(id => !ids.Contains(id)) ?? 0, (answers as TaggedAnswers)?.Took.TotalSeconds);
        await WriteAsync(report, stories, given["--json"], output, ct);
        return lines.Faults == 0 ? Done : SomeLinesFailed;
    }

    private static async Task<Dictionary<string, StoryLabels>> ReadAnswersAsync(string file, JsonLines lines, CancellationToken ct)
    {
        var answers = new Dictionary<string, StoryLabels>(StringComparer.Ordinal);
        await foreach (var (answer, number) in lines.ReadAsync<StoryLabels>(file, Read, ct))
        {
            if (!answers.TryAdd(answer.Id!, answer))
            {
                await lines.TellAsync(file, number, $"id '{answer.Id}' stands there twice: keep one");
            }
        }

        return answers;

        static string? Read(string line, out StoryLabels? answer) =>
            StoryLine.Read(line, out answer) ?? (answer?.Id is null ? "'id' is missing" : null);
    }

    private static async Task WriteAsync(EvalReport report, List<string> errors, string? json, TextWriter output, CancellationToken ct)
    {
        if (json is not null and not "-")
        {
            await File.WriteAllTextAsync(json, report.ToJson() + Environment.NewLine, ct);
        }

        if (json is "-")
        {
            await output.WriteLineAsync(report.ToJson().AsMemory(), ct);
            return;
        }

        report.WriteTable(output);
        foreach (var story in errors)
        {
            await output.WriteLineAsync($"{Environment.NewLine}{story}".AsMemory(), ct);
        }
    }
}
