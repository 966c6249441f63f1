namespace AlertBot.Platforms;

/// <summary>
/// Finds the command that was meant, checks who may run it and what was given, and runs it. It always answers with a
/// card: whatever goes wrong in a command is logged and told, and never leaves the router.
/// </summary>
internal sealed partial class CommandRouter
{
    private readonly Dictionary<string, IChatCommand> _commands = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IChatCommand> _alsoTyped;
    private readonly CommandDescription? _questions;
    private readonly ModeratorRoles _moderators;
    private readonly ModeratorsChange? _changed;
    private readonly CommandOpening? _opening;
    private readonly CommandUsed? _used;
    private readonly ILogger<CommandRouter> _logger;

    /// <exception cref="ArgumentException">Two commands have the same name.</exception>
    public CommandRouter(IEnumerable<IChatCommand> commands, ModeratorRoles moderators, ILogger<CommandRouter> logger, ModeratorsChange? changed = null, CommandOpening? opening = null, CommandUsed? used = null)
    {
        _moderators = moderators;
        _changed = changed;
        _opening = opening;
        _used = used;
        _logger = logger;
        var given = commands.ToList();
        foreach (var command in given.Append(new HelpCommand(given.Select(c => c.Description))))
        {
            if (!_commands.TryAdd(command.Description.Name, command))
            {
                throw new ArgumentException($"Two commands are called /{command.Description.Name}.", nameof(commands));
            }
        }

        _questions = given.Select(c => c.Description).SingleOrDefault(d => d.TakesQuestions);
        _alsoTyped = given.Where(c => c.Description.AlsoTyped is not null).ToDictionary(c => c.Description.AlsoTyped!, StringComparer.OrdinalIgnoreCase);
        Commands = [.. _commands.Values.Select(c => c.Description).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>All commands by name, help included.</summary>
    public IReadOnlyList<CommandDescription> Commands { get; }

    public Task<Card> AnswerAsync(CommandInvocation invocation, CancellationToken cancellationToken) =>
        _commands.TryGetValue(invocation.Command, out var command)
            ? AnswerAsync(command, invocation, [], cancellationToken)
            : Task.FromResult(Unknown(invocation.Command, invocation.Command));

    /// <summary>Answers a typed line. The longest name of a command wins; the slash may be left out.</summary>
    public Task<Card> AnswerTextAsync(string text, ChannelAddress channel, ChatUser user, CancellationToken cancellationToken) =>
        AnswerTextAsync(text, new CommandInvocation("", new Dictionary<string, string>(), channel, user), cancellationToken);

    /// <param name="blank">Who said it and where; its command and options are taken from the line.</param>
    public Task<Card> AnswerTextAsync(string text, CommandInvocation blank, CancellationToken cancellationToken)
    {
        var line = text.Trim() is "/" ? "/help" : text.Trim();
        if (Find(line) is not ({ } command, var rest))
        {
            return Task.FromResult(WithoutCommand(line));
        }

        var typed = CommandText.Read(command, rest);
        var invocation = blank with { Command = command.Name, Options = Addressed(command, typed.Values, blank.Channel.Platform) };
        return AnswerAsync(_commands[command.Name], invocation, typed.Faults, cancellationToken);
    }

    /// <summary>The description of the command that a typed line begins with, and what follows its name; of a question that names none, the command that takes it. Null if there is none.</summary>
    public (CommandDescription Command, string Options)? Find(string line)
    {
        if (_questions is not null && PlainQuestion.IsClear(line))
        {
            return (_questions, line.Trim());
        }

        foreach (var (name, end) in CommandNames.HeadsOf(line))
        {
            if (_commands.TryGetValue(name, out var command) || _alsoTyped.TryGetValue(name, out command))
            {
                return (command.Description, line[end..]);
            }
        }

        return _questions is not null && PlainQuestion.IsLikely(line) ? (_questions, line.Trim()) : null;
    }

    // People write #desk; commands get the address.
    private static Dictionary<string, string> Addressed(CommandDescription command, IReadOnlyDictionary<string, string> typed, string platform) => typed.ToDictionary(
        o => o.Key,
        o => command.Options.First(c => c.Name == o.Key).Kind == OptionKind.Channel && !o.Value.StartsWith(platform + ":", StringComparison.Ordinal)
            ? new ChannelAddress(platform, o.Value.TrimStart('#')).ToString()
            : o.Value);

    /// <summary>Ways to go on with a typed line, best first; at most 25.</summary>
    public IReadOnlyList<Completion> Complete(string text) => CommandCompletion.Of(text, Commands);

    private async Task<Card> AnswerAsync(IChatCommand command, CommandInvocation invocation, IReadOnlyList<string> faults, CancellationToken cancellationToken)
    {
        var description = command.Description;
        _used?.Invoke(invocation);
        await OpenAsync(description, cancellationToken);
        if (description.ModeratorsOnly && !_moderators.Moderates(invocation))
        {
            return Card.Problem($"Only moderators may run /{description.Name}", new CardBlock.Paragraph("Ask a moderator of this channel to do it."));
        }

        var all = faults.Concat(CommandCheck.FaultsOf(description, invocation)).ToList();
        if (all.Count > 0)
        {
            return CommandCheck.Problem(description, invocation.Options, all);
        }

        try
        {
            var card = await command.RunAsync(invocation, cancellationToken);
            return description is { ModeratorsOnly: true, Changes: true } && card is { Tone: CardTone.Answer, Form: null } && _changed is not null
                ? await WithWordAsync(card, _changed, invocation, cancellationToken)
                : card;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.CommandFailed(_logger, exception, description.Name);
            return Card.Problem($"/{description.Name} failed", new CardBlock.Paragraph("Something went wrong on our side. Nothing was changed. Please try again."));
        }
    }

    /// <summary>A command runs on what was known before rather than not at all.</summary>
    private async Task OpenAsync(CommandDescription command, CancellationToken cancellationToken)
    {
        try
        {
            await (_opening?.Invoke(cancellationToken) ?? Task.CompletedTask);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.CommandFailed(_logger, exception, command.Name);
        }
    }

    /// <summary>What was done stays done, whatever becomes of the word on it.</summary>
    private async Task<Card> WithWordAsync(Card card, ModeratorsChange changed, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        try
        {
            return await changed(invocation, cancellationToken) is { } word ? card with { Blocks = [.. card.Blocks, new CardBlock.Paragraph(word)] } : card;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.CommandFailed(_logger, exception, invocation.Command);
            return card;
        }
    }

    private Card WithoutCommand(string line)
    {
        var heads = CommandNames.HeadsOf(line).Select(h => h.Name).ToList();
        if (heads.Count > 0 && Commands.Where(c => c.Name.StartsWith(heads[^1] + " ", StringComparison.OrdinalIgnoreCase)).ToList() is { Count: > 0 } group)
        {
            var listing = HelpCommand.Listing(null, group);
            return heads.Count == 1 ? Card.Answer($"/{heads[0]}", listing) : Unknown(heads[0], heads[0], listing);
        }

        return line.StartsWith('/') && heads.Count > 0
            ? Unknown(heads[^1], heads[0])
            : Card.Problem("Type / for the commands", new CardBlock.Paragraph("I understand commands only. /help lists them."))
                with { Actions = [new CardAction("/help", "/help")] };
    }

    /// <param name="name">What was taken for the command's name.</param>
    /// <param name="typed">The same with the word after it, which may have been meant for a part of the name.</param>
    private Card Unknown(string name, string typed, params CardBlock[] blocks)
    {
        var nearest = CommandNames.Nearest(typed, _commands.Keys).Union(CommandNames.Nearest(name, _commands.Keys)).ToList();
        var advice = nearest.Count > 0
            ? $"Did you mean {string.Join(" or ", nearest.Select(n => "/" + n))}?"
            : "/help lists all commands.";
        return Card.Problem($"There is no command /{name}", [new CardBlock.Paragraph(advice), .. blocks]) with
        {
            Actions = [.. nearest.Select(n => new CardAction($"Help on /{n}", $"/help {n}")), new CardAction("All commands", "/help")],
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The command {Command} failed")]
        public static partial void CommandFailed(ILogger logger, Exception exception, string command);
    }
}
