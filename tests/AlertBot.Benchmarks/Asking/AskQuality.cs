using System.Globalization;
using System.Text.Json;
using AlertBot.Commands;

namespace AlertBot.Benchmarks.Asking;

/// <summary>
/// How well questions are answered: questions over an archive, with the words that answer them, and questions that it can't answer. Each answerable one is
/// asked again with its story left out: then nothing should be said.
/// </summary>
internal static class AskQuality
{
    private const int Few = 4;

    public static async Task<int> RunAsync(Options options, CancellationToken ct)
    {
        if ((options.Text("--archive"), options.Text("--questions")) is not ({ } stories, { } asked))
        {
            await Console.Error.WriteLineAsync("ask needs --archive FILE and --questions FILE");
            return 2;
        }

        var archive = Read<Archived>(stories).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var questions = Read<Asked>(asked);
        string[] knowledge = options.Text("--knowledge") is { } path ? ["--knowledge", path] : [];
        var answers = await AskAsync(archive.Values, questions, knowledge, ct);
        var answerable = questions.Where(q => q.Story is not null).ToList();
        var ranks = answerable.Select(q => answers[q.Id].Ranked.ToList().IndexOf(q.Story!) + 1).ToList();
        var told = answerable.Where(q => !answers[q.Id].Abstained).ToList();
        var holding = told.Select(q => answers[q.Id].Citations.Select(c => Holds(c, archive[c.Story], q)).ToList()).ToList();
        var silent = 0;
        foreach (var story in answerable.GroupBy(q => q.Story!))
        {
            silent += (await AskAsync(archive.Values.Where(s => s.Id != story.Key), [.. story], knowledge, ct)).Values.Count(a => a.Abstained);
        }

        var strange = questions.Where(q => q.Story is null).GroupBy(q => q.Id[0]).Select(g => $"{g.Key}: {Share(g.Count(q => answers[q.Id].Abstained), g.Count())}");
        Console.WriteLine($"stories {archive.Count}, answerable questions {answerable.Count}, others {questions.Count - answerable.Count}");
        Console.WriteLine($"story first {Share(ranks.Count(r => r == 1), ranks.Count)}, among the first {Few} {Share(ranks.Count(r => r is > 0 and <= Few), ranks.Count)}, mean reciprocal rank {Number(ranks.Average(r => r > 0 ? 1.0 / r : 0))}");
        Console.WriteLine($"refused {Share(answerable.Count - told.Count, answerable.Count)}; of the answers {Share(holding.Count(h => h.Contains(true)), told.Count)} cite the words that answer, {Share(holding.Count(h => h[0]), told.Count)} in the first citation; citations an answer {Number(holding.Average(h => h.Count))}");
        Console.WriteLine($"says that the archive does not say: story left out {Share(silent, answerable.Count)}, {string.Join(", ", strange)}");
        return 0;
    }

    private static async Task<Dictionary<string, Told>> AskAsync(IEnumerable<Archived> stories, IReadOnlyList<Asked> questions, string[] knowledge, CancellationToken ct)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, stories.Select(s => JsonSerializer.Serialize(s, JsonSerializerOptions.Web)), ct);
            await using var output = new StringWriter();
            await AskVerb.RunAsync(["--archive", file, .. knowledge], new StringReader(string.Join('\n', questions.Select(q => JsonSerializer.Serialize(q, JsonSerializerOptions.Web)))), output, Console.Error, ct);
            return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<Told>(l, JsonSerializerOptions.Web)!).ToDictionary(t => t.Id, StringComparer.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool Holds(Citation citation, Archived story, Asked question)
    {
        var points = (citation.Section == "title" ? story.Title : story.Body).EnumerateRunes().Skip(citation.Start).Take(citation.End - citation.Start);
        return question.Answers.Any(a => Plain(string.Concat(points)).Contains(Plain(a), StringComparison.OrdinalIgnoreCase));
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static List<T> Read<T>(string file) => [.. File.ReadLines(file).Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<T>(l, JsonSerializerOptions.Web)!)];

    private static string Share(int part, int of) => Number(of == 0 ? 0 : (double)part / of);

    private static string Number(double number) => number.ToString("0.000", CultureInfo.InvariantCulture);

    private sealed record Archived(string Id, string Title, string Body, string? Published);

    private sealed record Asked(string Id, string Question, IReadOnlyList<string> Answers, string? Story);

    private sealed record Told(string Id, IReadOnlyList<Citation> Citations, IReadOnlyList<string> Ranked, bool Abstained);

    private sealed record Citation(string Story, int Start, int End, string? Section);
}
