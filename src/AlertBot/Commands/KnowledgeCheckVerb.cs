using AlertBot.Commands.Registers;
using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Commands;

/// <summary><c>alertbot knowledge check</c>: tells everything that is wrong or suspicious in knowledge files, and what they hold.</summary>
internal static class KnowledgeCheckVerb
{
    private const int Clean = 0;
    private const int HasWarnings = 1;
    private const int CannotBeUsed = 2;
    private const int MostOfAKind = 20;

    private const string Usage = """
        Usage: alertbot knowledge check [--all] FILE-or-FOLDER

        Tells what is wrong in knowledge files (nothing can start with them) and what is suspicious (stories may get wrong
        tags), each with file, line and what to do: unknown keys, offices of nobody known, without days or with two holders
        at once, names of several actors, names that are everyday words. Then it counts what the files hold, and lists the
        names and surnames that several actors bear.

          --all   Tells all warnings of a kind, not the first 20.

        Exit code: 0 nothing to tell, 1 warnings alone, 2 faults or wrong usage.
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var given = VerbArguments.Read(args, [], ["--all"], out var wrong);
        if (given is { WantsHelp: true })
        {
            await output.WriteLineAsync(Usage.AsMemory(), ct);
            return Clean;
        }

        if (given?.Rest is not [var path])
        {
            await error.WriteLineAsync($"alertbot knowledge check: {(wrong.Length > 0 ? wrong : "Give one file or folder.")}{Environment.NewLine}{Environment.NewLine}{Usage}");
            return CannotBeUsed;
        }

        var reading = KnowledgeFile.Read(path);
        foreach (var fault in reading.Faults)
        {
            await output.WriteLineAsync($"{fault.File}:{fault.Line}: error: {fault.Reason}".AsMemory(), ct);
        }

        var warnings = 0;
        foreach (var kind in Warnings(reading))
        {
            warnings += kind.Count;
            await WriteAsync(kind, given.Has("--all") ? kind.Count : MostOfAKind, output, ct);
        }

        KnowledgeSummary.Write(reading, output);
        await output.WriteLineAsync($"{reading.Faults.Count} errors, {warnings} warnings".AsMemory(), ct);
        return reading.Faults.Count > 0 ? CannotBeUsed : warnings > 0 ? HasWarnings : Clean;
    }

    private static IEnumerable<List<KnowledgeFault>> Warnings(KnowledgeReading reading) =>
    [
        reading.Warnings,
        KnowledgeChecks.UndatedOffices(reading.Actors),
        KnowledgeChecks.SharedOffices(reading.Actors),
        KnowledgeChecks.SharedNames(reading.Actors),
        RiskyNames.Of(reading.Actors),
    ];

    private static async Task WriteAsync(List<KnowledgeFault> warnings, int most, TextWriter output, CancellationToken ct)
    {
        foreach (var warning in warnings.Take(most))
        {
            await output.WriteLineAsync($"{warning.File}:{warning.Line}: warning: {warning.Reason}".AsMemory(), ct);
        }

        if (warnings.Count > most)
        {
            await output.WriteLineAsync($"… and {warnings.Count - most} more warnings like these (--all tells them)".AsMemory(), ct);
        }
    }
}
