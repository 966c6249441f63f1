using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Discord.Interactions;

/// <summary>What a person does.</summary>
public enum InteractionKind
{
    /// <summary>Calls a slash command.</summary>
    Command,

    /// <summary>Types into an option that completes.</summary>
    Autocomplete,

    Button,

    Select,

    /// <summary>Sends a modal in.</summary>
    Modal,

    /// <summary>Calls a command from the menu of a message.</summary>
    Message,
}

/// <summary>An interaction as a person makes it; what is left out is the usual person in the usual channel.</summary>
public sealed record InteractionSpec(InteractionKind Kind)
{
    /// <summary>Of the command.</summary>
    public string Name { get; init; } = "";

    public string? Group { get; init; }

    public string? Subcommand { get; init; }

    /// <summary>Values by option name: text, number or truth; ids for users, channels and roles.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>Files by the name of the option that takes them.</summary>
    public IReadOnlyDictionary<string, (string Name, byte[] Bytes)> Files { get; init; } = new Dictionary<string, (string, byte[])>();

    /// <summary>The option that is being typed.</summary>
    public string? Focused { get; init; }

    public string CustomId { get; init; } = "";

    /// <summary>The message that carries the component, or that the menu was opened on.</summary>
    public string? MessageId { get; init; }

    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Texts of a modal by custom id.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    public string? UserId { get; init; }

    public string? UserName { get; init; }

    public DiscordPermissions Permissions { get; init; } = DiscordPermissions.Usual | DiscordPermissions.ManageGuild | DiscordPermissions.ManageChannels;

    public IReadOnlyList<string> Roles { get; init; } = [];

    public string Locale { get; init; } = "en-US";

    /// <summary>The channel; in a direct conversation it is the one with the person.</summary>
    public string? ChannelId { get; init; }

    public bool Direct { get; init; }

    /// <summary>With <see cref="Direct"/>: it is a conversation of several people that the person brought the application to.</summary>
    public bool AmongSeveral { get; init; }

    /// <summary>The application is installed for the person and not in the guild: five follow-ups at most.</summary>
    public bool UserInstalled { get; init; }

    /// <summary>Null for the emulator's own.</summary>
    public TimeSpan? Deadline { get; init; }

    internal int Type => Kind switch
    {
        InteractionKind.Command or InteractionKind.Message => 2,
        InteractionKind.Autocomplete => 4,
        InteractionKind.Modal => 5,
        _ => 3,
    };

    internal bool OfComponent => Kind is InteractionKind.Button or InteractionKind.Select;
}
