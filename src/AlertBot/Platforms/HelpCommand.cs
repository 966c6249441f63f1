namespace AlertBot.Platforms;

/// <summary>Lists every command, or shows one in full. The router makes it, since it describes the router's own list.</summary>
internal sealed class HelpCommand : IChatCommand
{
    private readonly IReadOnlyList<CommandDescription> _commands;

    public HelpCommand(IEnumerable<CommandDescription> others)
    {
        Description = new CommandDescription(
            "help",
            "Lists the commands, or shows one in full.",
            new CommandOption("command", "The command to show, such as feed add.", OptionKind.Rest) { Suggest = Suggest })
        {
            Example = "help follow",
            Private = true,
        };
        _commands = [.. others.Append(Description).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    public CommandDescription Description { get; }

    /// <summary>A group of subcommands, such as everything under <c>/feed</c>.</summary>
    public static CardBlock.Items Listing(string? heading, IEnumerable<CommandDescription> commands) =>
        new(heading, [.. commands.Select(c => new CardItem(c.Usage, Detail: c.ModeratorsOnly ? $"{c.Summary} (moderators only)" : c.Summary))]);

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var wanted = string.Join(' ', (invocation.Find("command") ?? "").TrimStart('/').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Task.FromResult(wanted.Length == 0 ? Overview() : About(wanted));
    }

    private Card Overview()
    {
        var groups = _commands.GroupBy(GroupOf).OrderBy(g => g.Key, StringComparer.Ordinal);
        return Card.Answer("Commands", [.. groups.Select(g => Listing(g.Key.Length == 0 ? null : $"/{g.Key} …", g))]) with
        {
            Footer = "/help and the name of a command shows its options and an example.",
        };

        string GroupOf(CommandDescription command) =>
            command.Name.Split(' ') is [var first, _] ? first
            : _commands.Any(c => c.Name.StartsWith(command.Name + " ", StringComparison.Ordinal)) ? command.Name
            : "";
    }

    private Card About(string wanted)
    {
        if (_commands.FirstOrDefault(c => c.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } command)
        {
            return InFull(command);
        }

        var group = _commands.Where(c => c.Name.StartsWith(wanted + " ", StringComparison.OrdinalIgnoreCase)).ToList();
        if (group.Count > 0)
        {
            return Card.Answer($"/{wanted}", Listing(null, group));
        }

        return Card.Problem($"There is no command /{wanted}") with
        {
            Blocks = [new CardBlock.Paragraph("/help lists all commands.")],
            Actions = [.. CommandNames.Nearest(wanted, _commands.Select(c => c.Name)).Select(n => new CardAction($"/{n}", $"/help {n}"))],
        };
    }

    private static Card InFull(CommandDescription command)
    {
        var blocks = new List<CardBlock> { new CardBlock.Paragraph(command.Summary) };
        if (command.ModeratorsOnly)
        {
            blocks.Add(new CardBlock.Paragraph("Only moderators may run it."));
        }

        if (command.Options.Count > 0)
        {
            blocks.Add(new CardBlock.Facts([.. command.Options.Select(o => new CardFact(o.Name, $"{o.Summary} ({Kind(o)})"))]));
        }

        blocks.Add(new CardBlock.Facts([new CardFact("Example", $"/{command.Example}")]));
        return Card.Answer(command.Usage, [.. blocks]);

        static string Kind(CommandOption option)
        {
            var kind = option.Kind switch
            {
                OptionKind.Rest => "all the words that follow",
                OptionKind.Integer => "a whole number",
                OptionKind.Address => "a web address",
                OptionKind.Channel => "a channel",
                OptionKind.Role => "a role",
                _ => "a word, or several in quotation marks",
            };
            return option.Required ? $"required, {kind}" : $"optional, {kind}";
        }
    }

    private IEnumerable<Choice> Suggest(string typed) =>
        _commands.Where(c => c.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(c => new Choice(c.Name, $"/{c.Name}: {c.Summary}"));
}
