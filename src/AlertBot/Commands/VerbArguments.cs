namespace AlertBot.Commands;

/// <summary>The options that a verb was given, each once, as <c>--name value</c> or <c>--name=value</c>, and what stands beside them.</summary>
internal sealed class VerbArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private VerbArguments()
    {
    }

    public bool WantsHelp { get; private init; }

    public List<string> Rest { get; } = [];

    public string? this[string option] => _values.GetValueOrDefault(option);

    public bool Has(string flag) => _values.ContainsKey(flag);

    /// <param name="options">Those that have a value.</param>
    /// <param name="flags">Those that have none.</param>
    public static VerbArguments? Read(IReadOnlyList<string> args, string[] options, string[] flags, out string wrong)
    {
        wrong = "";
        var read = new VerbArguments { WantsHelp = args.Contains("--help") || args.Contains("-h") };
        for (var i = 0; i < args.Count && !read.WantsHelp; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var before, var after] && options.Contains(before) ? (before, after) : (args[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                read.Rest.Add(name);
                continue;
            }

            if (options.Contains(name))
            {
                value ??= i + 1 < args.Count ? args[++i] : null;
            }
            else if (flags.Contains(name))
            {
                value = "";
            }
            else
            {
                wrong = $"There is no option {name}.";
                return null;
            }

            if (value is null || !read._values.TryAdd(name, value))
            {
                wrong = value is null ? $"{name} needs a value." : $"{name} is given twice.";
                return null;
            }
        }

        return read;
    }
}
