namespace AlertBot.Platforms;

/// <summary>
/// One command, the same on every platform. Registration with Discord and Slack, the parsing of typed text,
/// autocomplete, help and the README's table all derive from <see cref="Description"/>.
/// </summary>
internal interface IChatCommand
{
    CommandDescription Description { get; }

    /// <summary>Answers. Wrong input is answered by a <see cref="CardTone.Problem"/> card, never by an exception.</summary>
    Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken);
}

/// <param name="Name">One word, or two for a subcommand: <c>who</c>, <c>feed add</c>.</param>
/// <param name="Summary">One sentence for help, at most 100 characters.</param>
/// <param name="Options">In the order in which they are typed; required ones first.</param>
internal sealed record CommandDescription(string Name, string Summary, params IReadOnlyList<CommandOption> Options)
{
    /// <summary>Only moderators may run it; the router checks.</summary>
    public bool ModeratorsOnly { get; init; }

    /// <summary>A line as a person would type it, without the slash.</summary>
    public required string Example { get; init; }

    /// <summary>The line that help shows: <c>/feed add &lt;url&gt; [title]</c>.</summary>
    public string Usage => string.Join(' ', Options.Select(o => o.Required ? $"<{o.Name}>" : $"[{o.Name}]").Prepend("/" + Name));
}

/// <param name="Name">Lower-case letters and dashes, at most 32 characters.</param>
/// <param name="Summary">One sentence, at most 100 characters.</param>
internal sealed record CommandOption(string Name, string Summary, OptionKind Kind = OptionKind.Text)
{
    public bool Required { get; init; }

    /// <summary>Choices for what was typed so far, best first; at most 25 are shown. Must answer from memory.</summary>
    public Func<string, IEnumerable<Choice>>? Suggest { get; init; }
}

internal enum OptionKind
{
    /// <summary>One word, or several in quotation marks.</summary>
    Text,

    /// <summary>All the words that are left, as typed.</summary>
    Rest,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>An absolute http or https address.</summary>
    Address,
}

/// <param name="Value">What is put into the option.</param>
/// <param name="Label">What the person sees, at most 100 characters.</param>
internal sealed record Choice(string Value, string Label);

/// <param name="Command">A <see cref="CommandDescription.Name"/>.</param>
/// <param name="Options">Values by option name; the router has checked kinds and required ones.</param>
internal sealed record CommandInvocation(string Command, IReadOnlyDictionary<string, string> Options, ChannelAddress Channel, ChatUser User)
{
    /// <summary>The value of a required option.</summary>
    public string this[string option] => Options[option];

    public string? Find(string option) => Options.GetValueOrDefault(option);
}
