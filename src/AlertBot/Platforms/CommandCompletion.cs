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

        var term = tail.Value.LastIndexOfAny([' ', '\t', '(', ')']) + 1;
        var last = suggest(tail.Value[term..]).Select(c => Accepting(c, before + tail.Value[..term] + c.Value));
        return term == 0 ? last : Whole(suggest, tail.Value).Select(c => Accepting(c, before + c.Value)).Concat(last).DistinctBy(c => c.Line);
    }

    /// <summary>Choices whose name has several words, all of which were typed so far: they replace all of them.</summary>
    private static IEnumerable<Choice> Whole(Func<string, IEnumerable<Choice>> suggest, string typed) =>
        suggest(typed).Where(c => c.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || c.Label.StartsWith(typed, StringComparison.OrdinalIgnoreCase));

    private static Completion Accepting(Choice choice, string line) =>
        new(line, choice.Label, choice.Value == choice.Label ? "" : choice.Value);
}
