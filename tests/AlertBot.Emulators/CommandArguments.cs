using System.Globalization;

namespace AlertBot.Emulators;

/// <summary>Options from the command line, each written --name VALUE.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="FormatException">An argument is not --name VALUE.</exception>
    public CommandArguments(IReadOnlyList<string> arguments)
    {
        for (var at = 0; at < arguments.Count; at += 2)
        {
            if (!arguments[at].StartsWith("--", StringComparison.Ordinal) || at + 1 == arguments.Count)
            {
                throw new FormatException($"{arguments[at]}: give --name VALUE.");
            }

            _values[arguments[at][2..]] = arguments[at + 1];
        }
    }

    /// <summary>Options that nobody asked for.</summary>
    public IEnumerable<string> Left => _values.Keys;

    public string? Text(string name) => _values.Remove(name, out var value) ? value : null;

    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public bool Flag(string name, bool otherwise) => Text(name) is { } text ? bool.Parse(text) : otherwise;
}
