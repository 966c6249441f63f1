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

    /// <summary>It changes what the channel or the bot does: its answer is for the whole channel, and it needs the bot to be a member there.</summary>
    public bool Changes { get; init; }

    /// <summary>Its answer is for the one who asked, where the platform can hide it from the others.</summary>
    public bool Private { get; init; }

    /// <summary>
    /// If set, people can run it on a message under this name, from the message's own menu: its first option gets
    /// the message's text, or its first file where that option takes one. At most 32 characters.
    /// </summary>
    public string? MessageMenu { get; init; }

    /// <summary>Another name that it has where lines are typed freely; a platform that declares commands never sees it.</summary>
    public string? AlsoTyped { get; init; }

    /// <summary>Its first option takes what people say to the bot without a command, where that is a question. One command at most is so.</summary>
    public bool TakesQuestions { get; init; }

    /// <summary>A line as a person would type it, without the slash.</summary>
    public required string Example { get; init; }

    public bool HasSecrets => Options.Any(o => o.IsSecret);

    /// <summary>The line that help shows: <c>/feed add &lt;url&gt; [title]</c>.</summary>
    public string Usage => string.Join(' ', Options.Select(o => o.Required ? $"<{o.Name}>" : $"[{o.Name}]").Prepend("/" + Name));
}

/// <param name="Name">Lower-case letters and dashes, at most 32 characters.</param>
/// <param name="Summary">One sentence, at most 100 characters.</param>
internal sealed record CommandOption(string Name, string Summary, OptionKind Kind = OptionKind.Text)
{
    public bool Required { get; init; }

    /// <summary>A password or a key: it is shown nowhere, neither back to the one who typed it nor in a channel's history.</summary>
    public bool IsSecret { get; init; }

    /// <summary>
    /// A <see cref="OptionKind.Rest"/> of names alone: the name of another option is no part of it, with or without a colon (<c>trump since 7d</c>).
    /// </summary>
    public bool HoldsNames { get; init; }

    /// <summary>Whether words at the end of a line of names can only be meant for this option: <c>north-korea 7d</c>. Null: none are.</summary>
    public Func<string, bool>? IsEnding { get; init; }

    /// <summary>Bounds of an <see cref="OptionKind.Integer"/>, themselves allowed.</summary>
    public int? Min { get; init; }

    public int? Max { get; init; }

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

    /// <summary>A web address, perhaps without its https://.</summary>
    Address,

    /// <summary>A channel of the platform, handed over as a <see cref="ChannelAddress"/>'s text.</summary>
    Channel,

    /// <summary>A role of the community, handed over as the platform's id of it.</summary>
    Role,

    /// <summary>
    /// A file: handed over as its name, with the file itself in <see cref="CommandInvocation.Files"/>; or the address of one, or
    /// its whole text, where people can only type. A path is never one: nothing is read from a disk.
    /// </summary>
    File,
}

/// <param name="Value">What is put into the option.</param>
/// <param name="Label">What the person sees, at most 100 characters.</param>
internal sealed record Choice(string Value, string Label);

/// <param name="Command">A <see cref="CommandDescription.Name"/>.</param>
/// <param name="Options">Values by option name; the router has checked kinds and required ones.</param>
internal sealed record CommandInvocation(string Command, IReadOnlyDictionary<string, string> Options, ChannelAddress Channel, ChatUser User)
{
    /// <summary>The server or workspace that the channel belongs to, as <c>platform:id</c>; null in a direct message.</summary>
    public string? Community { get; init; }

    /// <summary>The platform's id of the thread that it was said in, where a thread is no channel of its own; null: in none.</summary>
    public string? Thread { get; init; }

    /// <summary>
    /// Why the bot may not post in a channel on behalf of this person, with what to do about it; null if it may. What it
    /// says holds for the channel of the invocation and for those named in its options.
    /// </summary>
    public Func<ChannelAddress, CancellationToken, ValueTask<string?>> PostingFaultAsync { get; init; } = (_, _) => ValueTask.FromResult<string?>(null);

    /// <summary>A channel as people call it; known for the channel of the invocation and for those named in its options.</summary>
    public Func<ChannelAddress, string> NameOf { get; init; } = channel => $"#{channel.Channel}";

    /// <summary>By option name: the files that came with it.</summary>
    public IReadOnlyDictionary<string, GivenFile> Files { get; init; } = new Dictionary<string, GivenFile>();

    /// <summary>Who said it and where, as a log of changes names them: names change, ids do not.</summary>
    public (string By, string Channel, string ChannelName, string? Community) Origin => ($"{User.Name} ({User.Id})", Channel.ToString(), NameOf(Channel), Community);

    /// <summary>The value of a required option.</summary>
    public string this[string option] => Options[option];

    public string? Find(string option) => Options.GetValueOrDefault(option);
}
