using System.Diagnostics;
using System.Globalization;

namespace AlertBot.Benchmarks;

/// <summary>The real program as a process of its own; by itself on a new database and without feeds.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private readonly string? _ownFolder;
    private readonly Process _process;
    private readonly TaskCompletionSource<TimeSpan> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();

    private BotProcess(string? ownFolder, Process process, Action<string> read)
    {
        (_ownFolder, _process) = (ownFolder, process);
        process.OutputDataReceived += (_, line) => Read(line.Data, read);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _started.TrySetException(new InvalidOperationException($"the bot ended by itself with {process.ExitCode}"));
        process.BeginOutputReadLine();
    }

    /// <summary>Completes with the time that it took, when everything in it runs; fails where it ends before. Needs lines of Microsoft.Hosting.Lifetime in its log.</summary>
    public Task<TimeSpan> Started => _started.Task;

    public static BotProcess Start(IReadOnlyDictionary<string, string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("alertbot-benchmark-").FullName;
        File.WriteAllText(Path.Combine(folder, "feeds.yaml"), "feeds: []\n");
        var all = new Dictionary<string, string>
        {
            ["Storage__Path"] = Path.Combine(folder, "bot.db"),
            ["Feeds__Catalog"] = Path.Combine(folder, "feeds.yaml"),
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return new BotProcess(folder, Launch(folder, all), line => Console.WriteLine($"  bot: {line}"));
    }

    /// <summary>Starts it on what is there; the folder stays when it ends.</summary>
    /// <param name="read">Gets each line of its output.</param>
    public static BotProcess Start(string folder, IReadOnlyDictionary<string, string> settings, Action<string> read) => new(null, Launch(folder, settings), read);

    /// <summary>Memory that is resident now, in MB. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html</summary>
    public double ResidentMegabytes()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_ownFolder is not null)
        {
            Directory.Delete(_ownFolder, recursive: true);
        }
    }

    private static Process Launch(string folder, IReadOnlyDictionary<string, string> settings)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "AlertBot", configuration, "alertbot.dll"));
        var start = new ProcessStartInfo("dotnet", [program, "run"]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment["Local__Address"] = "http://127.0.0.1:0";
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }

    private void Read(string? line, Action<string> read)
    {
        if (line is not { Length: > 0 })
        {
            return;
        }

        read(line);
        if (line.Contains("Application started", StringComparison.Ordinal))
        {
            _started.TrySetResult(_sinceStart.Elapsed);
        }
    }
}
