namespace AlertBot.Platforms.Discord.Interactions;

/// <summary>Reads a command, a button, a choice or a form as an invocation of one of our commands. What comes in is not trusted.</summary>
internal static class CommandReader
{
    private const int OnMessage = 3;
    private const int Subcommand = 1;
    private const int Group = 2;
    private const int ChannelOption = 7;
    private const int AttachmentOption = 11;

    /// <summary>Who did it and where, with no command yet.</summary>
    /// <param name="isOwner">Says whether a person owns the application.</param>
    /// <param name="rights">Says where the bot may post for this person.</param>
    public static CommandInvocation Blank(Interaction interaction, Func<string, bool> isOwner, PostingRights rights)
    {
        var person = interaction.By ?? new InteractionUser("0", "somebody", null);
        var held = Permissions.Parse(interaction.Member?.Permissions) ?? Permission.None;
        var user = new ChatUser(
            $"{DiscordPlatform.PlatformName}:{person.Id}",
            interaction.Member?.Nick ?? person.GlobalName ?? person.Username ?? person.Id,
            (held & (Permission.Administrator | Permission.ManageGuild)) != 0 || isOwner(person.Id))
        {
            Roles = interaction.Member?.Roles ?? [],
            Inbox = new DiscordAddress(DiscordAddress.Kind.Person, person.Id).ToChannel(),
        };
        return new CommandInvocation("", new Dictionary<string, string>(), interaction.Place.ToChannel(), user)
        {
            Community = interaction.GuildId is { } guild ? $"{DiscordPlatform.PlatformName}:{guild}" : null,
            PostingFaultAsync = (target, token) => rights.FaultAsync(interaction, target, token),
            NameOf = channel => NameOf(interaction, channel),
        };
    }

    private static string NameOf(Interaction interaction, ChannelAddress channel)
    {
        var id = DiscordAddress.Parse(channel.Channel)?.Id ?? channel.Channel;
        var name = id == interaction.ChannelId ? interaction.Channel?.Name : interaction.Data?.Resolved?.Channels?.GetValueOrDefault(id)?.Name;
        return name is { Length: > 0 } ? $"#{name}" : interaction.GuildId is null ? "your direct messages" : "that channel";
    }

    /// <summary>The command that was typed, or run on a message; null if it is not one of ours.</summary>
    /// <param name="readAsync">Gets the file at an address of Discord's.</param>
    public static (CommandDescription Command, CommandInvocation Invocation)? Read(
        Interaction interaction, CommandInvocation blank, IReadOnlyList<CommandDescription> commands, Func<string?, CancellationToken, Task<FileContent>> readAsync)
    {
        if (interaction.Data?.Type == OnMessage)
        {
            return commands.FirstOrDefault(c => c.MessageMenu is not null && c.MessageMenu == interaction.Data.Name) is { } onMessage
                ? (onMessage, OfMessage(blank with { Command = onMessage.Name }, onMessage.Options[0], interaction.Data, readAsync))
                : null;
        }

        var (name, options) = NameAndOptions(interaction.Data);
        if (commands.FirstOrDefault(c => c.Name == name) is not { } command)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = new Dictionary<string, GivenFile>(StringComparer.Ordinal);
        foreach (var given in options)
        {
            if (given.Type == AttachmentOption && FileOf(given) is { } file)
            {
                files[given.Name] = Given(file, readAsync);
                values[given.Name] = files[given.Name].Name;
            }
            else if (FileOption.Find(command, given.Name) is { } option)
            {
                // The attachment counts where both are given.
                values.TryAdd(option.Name, ValueOf(given, interaction.Data?.Resolved));
            }
        }

        return (command, blank with { Command = command.Name, Options = values, Files = files });

        ResolvedFile? FileOf(InteractionOption given) =>
            command.Options.Any(o => o.Name == given.Name && o.Kind == OptionKind.File) ? interaction.Data?.Resolved?.Attachments?.GetValueOrDefault(given.Text) : null;
    }

    private static CommandInvocation OfMessage(CommandInvocation blank, CommandOption first, InteractionData data, Func<string?, CancellationToken, Task<FileContent>> readAsync)
    {
        var message = data.TargetId is { } id ? data.Resolved?.Messages?.GetValueOrDefault(id) : null;
        var file = first.Kind == OptionKind.File && message?.Attachments is [var attached, ..] ? Given(attached, readAsync) : null;
        return blank with
        {
            Options = new Dictionary<string, string> { [first.Name] = file?.Name ?? TextOf(message) },
            Files = file is null ? blank.Files : new Dictionary<string, GivenFile> { [first.Name] = file },
        };
    }

    private static GivenFile Given(ResolvedFile file, Func<string?, CancellationToken, Task<FileContent>> readAsync) =>
        new(file.Filename ?? "file", token => file.Size > GivenFile.MostBytes ? Task.FromResult<FileContent>(FileContent.TooLarge) : readAsync(file.Url, token));

    /// <summary>The option that is being typed in, and what stands in it so far.</summary>
    public static (CommandOption Option, string Typed)? ReadTyping(Interaction interaction, IReadOnlyList<CommandDescription> commands)
    {
        var (name, options) = NameAndOptions(interaction.Data);
        return options.FirstOrDefault(o => o.Focused) is { } focused
            && commands.FirstOrDefault(c => c.Name == name)?.Options.FirstOrDefault(o => o.Name == focused.Name) is { } option
                ? (option, focused.Text)
                : null;
    }

    /// <summary>A form that was filled in: the line of its command, and the fields, empty ones too.</summary>
    public static IReadOnlyDictionary<string, string> Fields(Interaction interaction) =>
        (interaction.Data?.Components ?? []).SelectMany(c => c.Fields).DistinctBy(f => f.CustomId).ToDictionary(f => f.CustomId!, f => f.Value ?? "");

    private static (string Name, IReadOnlyList<InteractionOption> Options) NameAndOptions(InteractionData? data)
    {
        var (name, options) = (data?.Name ?? "", data?.Options ?? []);
        while (options is [{ Type: Subcommand or Group } part])
        {
            (name, options) = ($"{name} {part.Name}", part.Options ?? []);
        }

        return (name, options);
    }

    private static string ValueOf(InteractionOption option, Resolved? resolved) => option.Type == ChannelOption
        ? DiscordAddress.OfChannel(option.Text, resolved?.Channels?.GetValueOrDefault(option.Text)?.Type ?? ChannelType.Text).ToChannel().ToString()
        : option.Text;

    /// <summary>All that a message says: its text and what its embeds say, which is where links and other bots put theirs.</summary>
    private static string TextOf(ResolvedMessage? message)
    {
        IEnumerable<string?> parts = [message?.Content, .. (message?.Embeds ?? []).SelectMany(e => new[] { e.Title, e.Description })];
        return string.Join("\n\n", parts.Where(p => !string.IsNullOrWhiteSpace(p)));
    }
}
