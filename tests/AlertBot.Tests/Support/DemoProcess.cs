using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace AlertBot.Tests.Support;

/// <summary>The real program, started as a person would start it, and killed as the power would.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DemoProcess(Process process) => _process = process;

    /// <summary>The chat's address, once the program has told it.</summary>
    public Task<Uri> Address => _address.Task;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static DemoProcess Start(params IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "alertbot.dll"), "demo", "--Local:Address=http://127.0.0.1:0", .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var demo = new DemoProcess(Process.Start(start)!);
        demo._process.OutputDataReceived += (_, line) => demo.Read(line.Data);
        demo._process.ErrorDataReceived += (_, line) => demo.Read(line.Data);
        demo._process.BeginOutputReadLine();
        demo._process.BeginErrorReadLine();
        return demo;
    }

    /// <summary>Waits for the program's own end.</summary>
    public bool HasEnded => _process.HasExited;

    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is closed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line is not null && line.StartsWith("Open http", StringComparison.Ordinal))
        {
            _address.TrySetResult(new Uri(line.Split(' ')[1]));
        }
    }
}

/// <summary>One line of a demo's transcript.</summary>
internal sealed record TranscriptLine(string Channel, long Alert, string Story, string Title, string Reason)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<TranscriptLine> Read(string file) =>
        File.Exists(file) ? [.. File.ReadAllLines(file).Select(l => JsonSerializer.Deserialize<TranscriptLine>(l, Json)!)] : [];
}
