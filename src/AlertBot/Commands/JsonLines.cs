using System.Runtime.CompilerServices;

namespace AlertBot.Commands;

/// <summary>Gives the fault of a line, or what it holds.</summary>
internal delegate string? LineReading<T>(string line, out T? value);

/// <summary>Reads files of one JSON value a line. A line that cannot be read is told with its place and does not stop the rest.</summary>
internal sealed class JsonLines(TextWriter error)
{
    public int Faults { get; private set; }

    /// <summary>What the lines hold, with the number of each; empty lines are passed over.</summary>
    public async IAsyncEnumerable<(T Value, int Number)> ReadAsync<T>(string file, LineReading<T> read, [EnumeratorCancellation] CancellationToken ct)
    {
        using var text = new StreamReader(file);
        for (var number = 1; await text.ReadLineAsync(ct) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (read(line, out var value) is { } fault)
            {
                await TellAsync(file, number, fault);
                continue;
            }

            yield return (value!, number);
        }
    }

    public Task TellAsync(string file, int number, string fault)
    {
        Faults++;
        return error.WriteLineAsync($"{file}:{number}: {fault}");
    }
}
