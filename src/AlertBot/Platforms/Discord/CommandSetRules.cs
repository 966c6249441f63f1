using System.Text.RegularExpressions;
using AlertBot.Platforms.Discord.Wire;

namespace AlertBot.Platforms.Discord;

/// <summary>Discord's rules for commands: what a set of them breaks, one sentence each.</summary>
internal static partial class CommandSetRules
{
    private const int MaxChatCommands = 100;
    private const int MaxMessageCommands = 15;
    private const int MaxOptions = 25;
    private const int MaxName = 32;
    private const int MaxDescription = 100;
    private const int MaxCharacters = 8000;

    public static IEnumerable<string> FaultsOf(IReadOnlyList<ApplicationCommand> commands)
    {
        foreach (var kind in commands.GroupBy(c => c.Type))
        {
            var most = kind.Key == ApplicationCommandType.Message ? MaxMessageCommands : MaxChatCommands;
            foreach (var fault in DoubleNames([.. kind.Select(c => new Named(c.Name, c.NameLocalizations))]))
            {
                yield return $"/{fault}: two commands have this name";
            }

            if (kind.Count() > most)
            {
                yield return $"/{kind.ElementAt(most).Name} is one too many: {most} commands of its kind are allowed";
            }
        }

        foreach (var command in commands)
        {
            foreach (var fault in FaultsOf(command))
            {
                yield return $"/{command.Name}: {fault}";
            }
        }
    }

    /// <summary>Letters, digits, dashes and the like, in lower case where there is one; at most 32.</summary>
    public static bool IsName(string name) => Names().IsMatch(name) && !name.Any(c => char.ToLowerInvariant(c) != c);

    private static IEnumerable<string> FaultsOf(ApplicationCommand command)
    {
        var isMenu = command.Type == ApplicationCommandType.Message;
        foreach (var name in All(command.Name, command.NameLocalizations).Where(n => isMenu ? n.Trim().Length is 0 or > MaxName : !IsName(n)))
        {
            yield return $"“{name}” is no name that Discord allows";
        }

        var described = isMenu ? [] : All(command.Description ?? "", command.DescriptionLocalizations);
        foreach (var text in described.Where(d => d.Length is 0 or > MaxDescription))
        {
            yield return $"its summary must have 1 to {MaxDescription} characters: “{text}”";
        }

        foreach (var fault in FaultsOf(command.Options ?? []))
        {
            yield return fault;
        }

        if (SizeOf(command) is > MaxCharacters and var size)
        {
            yield return $"it has {size} characters in all, {MaxCharacters} are allowed";
        }
    }

    private static IEnumerable<string> FaultsOf(IReadOnlyList<ApplicationCommandOption> options)
    {
        if (options.Count > MaxOptions)
        {
            yield return $"it has {options.Count} options or subcommands, {MaxOptions} are allowed";
        }

        if (options.SkipWhile(o => o.Required == true).Any(o => o.Required == true))
        {
            yield return "a required option stands behind one that is not";
        }

        foreach (var name in DoubleNames([.. options.Select(o => new Named(o.Name, o.NameLocalizations))]))
        {
            yield return $"two of its parts are called {name}";
        }

        foreach (var fault in options.SelectMany(o => FaultsOf(o).Concat(FaultsOf(o.Options ?? [])).Select(f => $"{o.Name}: {f}")))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FaultsOf(ApplicationCommandOption option)
    {
        foreach (var name in All(option.Name, option.NameLocalizations).Where(n => !IsName(n)))
        {
            yield return $"“{name}” is no name that Discord allows";
        }

        foreach (var text in All(option.Description, option.DescriptionLocalizations).Where(d => d.Length is 0 or > MaxDescription))
        {
            yield return $"its summary must have 1 to {MaxDescription} characters: “{text}”";
        }

        if (option.MinValue > option.MaxValue)
        {
            yield return $"its least value {option.MinValue} is above its greatest, {option.MaxValue}";
        }
    }

    // A localised name may not be another's either: people of that language type it.
    private static IEnumerable<string> DoubleNames(IReadOnlyList<Named> parts) =>
        parts.SelectMany(p => p.Localized?.Keys ?? []).Distinct().Prepend("")
            .SelectMany(locale => parts.GroupBy(p => p.Localized?.GetValueOrDefault(locale) ?? p.Name))
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .Distinct();

    // The longest language counts.
    private static int SizeOf(ApplicationCommand command) =>
        Longest(command.Name, command.NameLocalizations) + Longest(command.Description ?? "", command.DescriptionLocalizations) + (command.Options ?? []).Sum(SizeOf);

    private static int SizeOf(ApplicationCommandOption option) =>
        Longest(option.Name, option.NameLocalizations) + Longest(option.Description, option.DescriptionLocalizations) + (option.Options ?? []).Sum(SizeOf);

    private static int Longest(string text, IReadOnlyDictionary<string, string>? localized) => All(text, localized).Max(t => t.Length);

    private static IEnumerable<string> All(string text, IReadOnlyDictionary<string, string>? localized) => (localized?.Values ?? []).Prepend(text);

    // Devanagari and Thai are named by their blocks: .NET knows no scripts.
    [GeneratedRegex(@"^[-_'\p{L}\p{N}\u0900-\u0950\u0955-\u0963\u0966-\u097F\uA8E0-\uA8FF\u0E01-\u0E3A\u0E40-\u0E5B]{1,32}\z")]
    private static partial Regex Names();

    private sealed record Named(string Name, IReadOnlyDictionary<string, string>? Localized);
}
