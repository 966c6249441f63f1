namespace AlertBot.Platforms;

/// <summary>One way to go on with a typed line.</summary>
/// <param name="Line">The whole line after accepting it.</param>
/// <param name="Label">What the person sees.</param>
/// <param name="Summary">A second, quieter piece of text; may be empty.</param>
internal sealed record Completion(string Line, string Label, string Summary);

/// <summary>Ways to go on with a typed line: names of commands, then the choices of the option that is being typed.</summary>
internal static class CommandCompletion
{
    private const int MostCompletions = 25;

    public static IReadOnlyList<Completion> Of(string text, IReadOnlyList<CommandDescription> commands)
    {
        var line = text.TrimStart();
        return line.Length == 0 ? [] : [.. Names(line, commands).Concat(Choices(line, commands)).Take(MostCompletions)];
    }

    private static IEnumerable<Completion> Names(string line, IReadOnlyList<CommandDescription> commands)
    {
        var typed = string.Join(' ', line.TrimStart('/').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (typed.Length > 0 && char.IsWhiteSpace(line[^1]))
        {
            typed += " ";
        }

        return commands
            .Where(c => c.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(c => new Completion(c.Options.Count > 0 ? $"/{c.Name} " : $"/{c.Name}", c.Usage, c.Summary));
    }

    private static IEnumerable<Completion> Choices(string line, IReadOnlyList<CommandDescription> commands)
    {
        foreach (var (name, end) in CommandNames.HeadsOf(line))
        {
            if (end < line.Length && commands.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } command)
            {
                return ChoicesOf(command, "/" + line[..end].TrimStart('/'), line[end..]);
            }
        }

        return [];
    }

    private static IEnumerable<Completion> ChoicesOf(CommandDescription command, string head, string text)
    {
        var typed = CommandText.Read(command, text);
        if (typed.Tail is not { Option.Suggest: { } suggest } tail)
        {
            return [];
        }

        var before = head + text[..tail.Start];
        if (tail.Option.Kind != OptionKind.Rest)
        {
            var more = command.Options.Any(o => o != tail.Option && !typed.Values.ContainsKey(o.Name)) ? " " : "";
            return suggest(tail.Value).Select(c => Accepting(c, before + CommandText.Quote(c.Value) + more));
        }

        return ForRest(suggest, tail.Value).Select(c => Accepting(c.Choice, before + c.Before + c.Choice.Value)).DistinctBy(c => c.Line);
    }

    /// <summary>Choices for one option by itself, each with the whole of its value; at most 25.</summary>
    public static IReadOnlyList<Choice> Of(CommandOption option, string typed)
    {
        var choices = (option.Suggest, option.Kind) switch
        {
            (null, _) => [],
            (var suggest, OptionKind.Rest) => ForRest(suggest, typed).Select(c => new Choice(c.Before + c.Choice.Value, c.Before + c.Choice.Label)),
            (var suggest, _) => suggest(typed),
        };
        return [.. choices.DistinctBy(c => c.Value).Take(MostCompletions)];
    }

    /// <summary>Several names may stand in such an option: all that was typed is the beginning of one, or its last word is.</summary>
    private static IEnumerable<(string Before, Choice Choice)> ForRest(Func<string, IEnumerable<Choice>> suggest, string typed)
    {
        var term = typed.LastIndexOfAny([' ', '\t', '(', ')']) + 1;
        var last = suggest(typed[term..]).Select(c => (typed[..term], c));
        return term == 0 ? last : Whole(suggest, typed).Select(c => ("", c)).Concat(last);
    }

    /// <summary>Choices whose name has several words, all of which were typed so far: they replace all of them.</summary>
    private static IEnumerable<Choice> Whole(Func<string, IEnumerable<Choice>> suggest, string typed) =>
        suggest(typed).Where(c => c.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || c.Label.StartsWith(typed, StringComparison.OrdinalIgnoreCase));

    private static Completion Accepting(Choice choice, string line) =>
        new(line, choice.Label, choice.Value == choice.Label ? "" : choice.Value);
}
