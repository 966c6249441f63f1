using System.Diagnostics;

namespace AlertBot.Tests.Support;

/// <summary>Has TypeScript compare JSON with the types of Slack's own packages, as strictly as a literal in a program.</summary>
internal static class SlackTypeCheck
{
    private const string FolderVariable = "ALERTBOT_SLACK_TYPES";

    // The answers' types have enums, which no literal is of, and blocks of the kinds that somebody once saw: Words gives the words and all known blocks.
    private const string Imports =
        "import type * as webApi from '@slack/web-api'; import type * as slack from '@slack/types'; import type * as bolt from '@slack/bolt'; "
        + "type Words<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: K extends 'blocks' ? slack.KnownBlock[] : Words<T[K]> } : T;";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static string? Folder => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? named : null;

    public static void SkipWhereMissing()
    {
        Assert.SkipWhen(Folder is null, $"Slack's types are not named: npm install in a copy of Emulators/SlackTypes and name it in {FolderVariable}");
        Assert.SkipUnless(File.Exists(Compiler), $"there is no TypeScript in {Folder}: npm install there");
    }

    /// <param name="literals">Names of types such as <c>webApi.ChatPostMessageArguments</c>, <c>slack.KnownBlock[]</c> or <c>bolt.SlashCommand</c>, those of answers within <c>Words</c>, and what must be of them.</param>
    /// <returns>The compiler's complaints, each with the name of its type; empty if all fits.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(IEnumerable<(string Type, string Json)> literals)
    {
        var checks = literals.Distinct().ToList();
        var lines = checks.Select((check, at) => $"export const _{at}: {check.Type} = {check.Json.ReplaceLineEndings(" ")};").Prepend(Imports);

        // Beside node_modules, for that is where the compiler looks for packages.
        var file = Path.Combine(Folder!, $"recorded-{Path.GetRandomFileName()}.ts");
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
        try
        {
            var output = await CompileAsync(file);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Named(line, checks))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Compiler => Path.Combine(Folder ?? "", "node_modules", "typescript", "bin", "tsc");

    /// <summary>The first line of the file imports; each literal has a line of its own after it.</summary>
    private static string Named(string line, List<(string Type, string Json)> checks)
    {
        var open = line.IndexOf(".ts(", StringComparison.Ordinal);
        return open >= 0 && int.TryParse(line[(open + 4)..].Split(',')[0], out var number) && number >= 2 ? $"{checks[number - 2].Type}: {line[(line.IndexOf("): ", StringComparison.Ordinal) + 3)..]}" : line;
    }

    private static async Task<string> CompileAsync(string file)
    {
        string[] arguments = [Compiler, "--noEmit", "--strict", "--skipLibCheck", "--pretty", "false", "--target", "es2022", "--module", "nodenext", "--types", "node", file];
        using var process = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, WorkingDirectory = Folder })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 || output.Length > 0 ? output : $"tsc ended with {process.ExitCode}";
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
