using System.Security.Cryptography;
using System.Text.Json;
using AlertBot.Platforms.Discord.Wire;

namespace AlertBot.Platforms.Discord;

/// <summary>
/// The bot's commands in Discord's shape, for a bulk overwrite. It keeps all of Discord's rules: a set that breaks one
/// can't be made.
/// </summary>
internal sealed class CommandSet
{
    private const string ManageGuild = "32";
    private const int MaxSummary = 100;
    private const int MaxText = 2000;

    // Text, announcement, the three kinds of threads, forum.
    private static readonly int[] PostableChannels = [0, 5, 10, 11, 12, 15];

    private readonly Translations _translations;

    /// <exception cref="ArgumentException">A command breaks a rule of Discord's; says which of each.</exception>
    public CommandSet(IReadOnlyList<CommandDescription> commands, Translations translations)
    {
        _translations = translations;
        Commands =
        [
            .. commands.GroupBy(c => c.Name.Split(' ')[0]).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => ChatCommand(g.Key, [.. g])),
            .. commands.Where(c => c.MessageMenu is not null).OrderBy(c => c.Name, StringComparer.Ordinal).Select(MessageCommand),
        ];
        if (Bare(commands).Concat(CommandSetRules.FaultsOf(Commands)).ToList() is { Count: > 0 } faults)
        {
            throw new ArgumentException($"Discord would not take the commands: {string.Join("; ", faults)}.", nameof(commands));
        }

        Json = JsonSerializer.SerializeToUtf8Bytes(Commands, CommandJson.Default.IReadOnlyListApplicationCommand);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Json.Span));
    }

    public IReadOnlyList<ApplicationCommand> Commands { get; }

    /// <summary>The body of the request.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The same for the same commands: they have to be registered only where it differs from what was registered last.</summary>
    public string Hash { get; }

    private ApplicationCommand ChatCommand(string name, IReadOnlyList<CommandDescription> parts)
    {
        var grouped = parts.Any(p => p.Name != name);
        return new ApplicationCommand(ApplicationCommandType.ChatInput, name)
        {
            NameLocalizations = _translations.Of(name, w => w.Name),
            Description = grouped ? DiscordText.Plain($"{name}: {string.Join(", ", parts.Select(LastWord))}").Cut(MaxSummary) : parts[0].Summary,
            DescriptionLocalizations = _translations.Of(name, w => w.Summary),
            Options = grouped ? [.. parts.Select(Subcommand)] : Options(parts[0]),
            DefaultMemberPermissions = PermissionsOf(parts),
            Contexts = ContextsOf(parts),
            IntegrationTypes = InstallsOf(parts),
        };
    }

    private ApplicationCommand MessageCommand(CommandDescription command) => new(ApplicationCommandType.Message, command.MessageMenu!)
    {
        NameLocalizations = _translations.Of(command.Name, w => w.Menu),
        DefaultMemberPermissions = PermissionsOf([command]),
        Contexts = ContextsOf([command]),
        IntegrationTypes = InstallsOf([command]),
    };

    private ApplicationCommandOption Subcommand(CommandDescription command) => new(ApplicationCommandOptionType.Subcommand, LastWord(command), command.Summary)
    {
        NameLocalizations = _translations.Of(command.Name, w => w.Name),
        DescriptionLocalizations = _translations.Of(command.Name, w => w.Summary),
        Options = Options(command),
    };

    private List<ApplicationCommandOption>? Options(CommandDescription command) =>
        command.Options.Count == 0 ? null : [.. command.Options.SelectMany(o => o.Kind == OptionKind.File ? Attachment(command.Name, o) : [Option(command.Name, o)])];

    // Neither is required: one of the two is enough, which the bot itself sees to.
    private IEnumerable<ApplicationCommandOption> Attachment(string command, CommandOption option) =>
    [
        Option(command, option) with { Required = null },
        Option(command, new CommandOption(FileOption.AddressOf(option), FileOption.AddressSummary)),
    ];

    private ApplicationCommandOption Option(string command, CommandOption option)
    {
        var type = option.Kind switch
        {
            OptionKind.Integer => ApplicationCommandOptionType.Integer,
            OptionKind.Channel => ApplicationCommandOptionType.Channel,
            OptionKind.Role => ApplicationCommandOptionType.Role,
            OptionKind.File => ApplicationCommandOptionType.Attachment,
            _ => ApplicationCommandOptionType.String,
        };
        var isText = type == ApplicationCommandOptionType.String;
        return new ApplicationCommandOption(type, option.Name, option.Summary)
        {
            NameLocalizations = _translations.Of(command, w => w.Options.GetValueOrDefault(option.Name)?.Name),
            DescriptionLocalizations = _translations.Of(command, w => w.Options.GetValueOrDefault(option.Name)?.Summary),
            Required = option.Required ? true : null,
            Autocomplete = option.Suggest is not null && (isText || type == ApplicationCommandOptionType.Integer) ? true : null,
            MaxLength = isText ? MaxText : null,
            MinValue = option.Min,
            MaxValue = option.Max,
            ChannelTypes = type == ApplicationCommandOptionType.Channel ? PostableChannels : null,
        };
    }

    // Discord can't run a command that has subcommands.
    private static IEnumerable<string> Bare(IReadOnlyList<CommandDescription> commands) =>
        commands.Where(c => commands.Any(o => o.Name.StartsWith(c.Name + " ", StringComparison.Ordinal))).Select(c => $"/{c.Name} has subcommands and can't be one itself");

    private static string LastWord(CommandDescription command) => command.Name[(command.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static string? PermissionsOf(IEnumerable<CommandDescription> parts) => parts.All(p => p.ModeratorsOnly) ? ManageGuild : null;

    private static InteractionContext[] ContextsOf(IReadOnlyList<CommandDescription> parts) =>
        parts.Any(p => p.ModeratorsOnly) ? [InteractionContext.Guild]
        : parts.Any(p => p.Changes) ? [InteractionContext.Guild, InteractionContext.BotDirectMessage]
        : [InteractionContext.Guild, InteractionContext.BotDirectMessage, InteractionContext.PrivateChannel];

    private static IntegrationType[] InstallsOf(IReadOnlyList<CommandDescription> parts) =>
        parts.Any(p => p.ModeratorsOnly) ? [IntegrationType.Guild] : [IntegrationType.Guild, IntegrationType.User];
}
