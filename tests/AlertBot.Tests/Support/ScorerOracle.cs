using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AlertBot.Commands.Evaluation;

namespace AlertBot.Tests.Support;

/// <summary>The scorer of the gold set (score.py), and our figures written as it prints them.</summary>
internal static class ScorerOracle
{
    /// <summary>The folder of the labelled stories beside the repository; null where there is none.</summary>
    public static string? FindGold()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var gold = Path.Combine(at.FullName, "shared", "gold");
            if (File.Exists(Path.Combine(gold, "dev.jsonl")))
            {
                return gold;
            }
        }

        return null;
    }

    public static string? FindPython() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);

    public static async Task<IReadOnlyList<string>> RunAsync(string python, string gold, string system, CancellationToken ct)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(FindGold()!, "score.py"), gold, system, "--by-trap"]) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        Assert.Equal(0, process.ExitCode);
        return LinesOf(output).Where(line => !line.StartsWith("ignored:", StringComparison.Ordinal) && !line.StartsWith("missing:", StringComparison.Ordinal)).ToList();
    }

    /// <summary>What the scorer would print of the figures in the JSON of <c>alertbot eval</c>.</summary>
    public static IReadOnlyList<string> Printed(JsonElement figures)
    {
        var mentions = figures.GetProperty("mentions");
        var quotes = figures.GetProperty("quotes");
        var found = quotes.GetProperty("found");
        string[] lines =
        [
            Sets("actors", figures.GetProperty("actors")),
            Sets("actors main", figures.GetProperty("actors_main")),
            figures.GetProperty("has_salience").GetBoolean() ? "" : "             (the system gives no salience: read the recall only)",
            Sets("topics", figures.GetProperty("topics")),
            $"mentions     accuracy {Ratio(mentions, "accuracy")}   naming an actor {Ratio(mentions, "naming_an_actor")}   naming none {Ratio(mentions, "naming_none")}",
            $"quotes       found {Prf(found)}",
            $"quotes       speaker right: of all gold {Ratio(quotes, "speaker_of_all_gold")}   of found {Ratio(quotes, "speaker_of_found")}   actor speakers {Ratio(quotes, "speaker_actor")}   others {Ratio(quotes, "speaker_other")}",
            $"no-actor stories left untagged {Ratio(figures, "no_actor_untagged")}",
            "actors by trap:",
            .. figures.GetProperty("by_trap").EnumerateArray().Select(trap => Sets("  " + trap.GetProperty("trap").GetString(), trap.GetProperty("actors"), label: false)),
        ];
        return lines.Where(line => line.Length > 0).ToList();
    }

    private static IEnumerable<string> LinesOf(string text) => text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Sets(string name, JsonElement set, bool label = true)
    {
        var labelled = label && set.GetProperty("label_f1").ValueKind == JsonValueKind.Number ? $"   label F1 {Three(set, "label_f1")}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-12} micro {Prf(set.GetProperty("micro"))}   macro {Prf(set.GetProperty("macro"))}{labelled}   (gold {set.GetProperty("gold")}, system {set.GetProperty("system")})");
    }

    private static string Prf(JsonElement of) => $"P {Three(of, "precision")} R {Three(of, "recall")} F1 {Three(of, "f1")}";

    private static string Ratio(JsonElement of, string key) =>
        $"{Three(of.GetProperty(key), "value")} ({of.GetProperty(key).GetProperty("right")}/{of.GetProperty(key).GetProperty("of")})";

    private static string Three(JsonElement of, string key) => Digits.Three(of.GetProperty(key).GetDouble());
}
