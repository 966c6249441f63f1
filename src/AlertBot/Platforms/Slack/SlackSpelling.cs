using System.Text.RegularExpressions;

namespace AlertBot.Platforms.Slack;

/// <summary>
/// Our commands as people type them on Slack, where most stand behind one: <c>/feed add</c> is <c>/alertbot feed add</c>.
/// </summary>
/// <param name="commands">All commands; asked for at the first use, since some of them depend on the platforms.</param>
internal sealed class SlackSpelling(SlackOptions options, Func<IReadOnlyList<CommandDescription>> commands)
{
    private readonly Lazy<Regex> _command = new(() => CommandIn(commands()));

    /// <summary>A text of ours with its commands spelt for Slack; what merely looks like one, or is part of an address, stays.</summary>
    public string Of(string text) => _command.Value.Replace(text, found => Spelt(found.Groups[1].Value));

    private string Spelt(string name) => SlackNames.StandAlone.TryGetValue(name, out var alone)
        ? $"/{options.CommandPrefix}{alone}"
        : $"/{options.CommandPrefix}{SlackNames.Root} {name}";

    private static Regex CommandIn(IReadOnlyList<CommandDescription> commands)
    {
        var names = commands.Select(c => c.Name);
        var groups = names.Where(n => n.Contains(' ', StringComparison.Ordinal)).Select(n => n[..n.IndexOf(' ', StringComparison.Ordinal)]);
        var longestFirst = names.Concat(groups).Distinct().OrderByDescending(n => n.Length).Select(Regex.Escape);
        return new Regex($@"(?<![^\s(""“])/({string.Join('|', longestFirst)})(?![\w/-])", RegexOptions.CultureInvariant);
    }
}
