using System.Diagnostics;
using System.Globalization;

namespace AlertBot.Benchmarks;

/// <summary>The real program on a database of its own, without feeds.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _process;

    private BotProcess(string folder, Process process)
    {
        _folder = folder;
        _process = process;
    }

    public static BotProcess Start(IReadOnlyDictionary<string, string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("alertbot-benchmark-").FullName;
        File.WriteAllText(Path.Combine(folder, "feeds.yaml"), "feeds: []\n");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "AlertBot", configuration, "alertbot.dll"));
        var start = new ProcessStartInfo("dotnet", [program, "run"]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment["Storage__Path"] = Path.Combine(folder, "bot.db");
        start.Environment["Feeds__Catalog"] = Path.Combine(folder, "feeds.yaml");
        start.Environment["Local__Address"] = "http://127.0.0.1:0";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Console.WriteLine(line.Data is { Length: > 0 } text ? $"  bot: {text}" : "");
        process.BeginOutputReadLine();
        return new BotProcess(folder, process);
    }

    /// <summary>Memory that is resident now, in MB. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html</summary>
    public double ResidentMegabytes()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
