using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Discord.Wire;

/// <summary>A command as Discord registers it: one to type, or one in a message's menu.</summary>
internal sealed record ApplicationCommand(ApplicationCommandType Type, string Name)
{
    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }

    /// <summary>Null in a message's menu.</summary>
    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }

    public IReadOnlyList<ApplicationCommandOption>? Options { get; init; }

    /// <summary>The permissions that see it at first, as a sum of bits; null is everybody. A server's admins may change it.</summary>
    public string? DefaultMemberPermissions { get; init; }

    public required IReadOnlyList<InteractionContext> Contexts { get; init; }

    public required IReadOnlyList<IntegrationType> IntegrationTypes { get; init; }
}

/// <summary>An option, or a subcommand with its own.</summary>
internal sealed record ApplicationCommandOption(ApplicationCommandOptionType Type, string Name, string Description)
{
    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }

    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }

    public bool? Required { get; init; }

    public bool? Autocomplete { get; init; }

    public int? MaxLength { get; init; }

    public int? MinValue { get; init; }

    public int? MaxValue { get; init; }

    public IReadOnlyList<int>? ChannelTypes { get; init; }

    public IReadOnlyList<ApplicationCommandOption>? Options { get; init; }
}

[JsonConverter(typeof(JsonNumberEnumConverter<ApplicationCommandType>))]
internal enum ApplicationCommandType
{
    ChatInput = 1,
    Message = 3,
}

[JsonConverter(typeof(JsonNumberEnumConverter<ApplicationCommandOptionType>))]
internal enum ApplicationCommandOptionType
{
    Subcommand = 1,
    String = 3,
    Integer = 4,
    Channel = 7,
    Role = 8,
    Attachment = 11,
}

/// <summary>Where a command can be run.</summary>
[JsonConverter(typeof(JsonNumberEnumConverter<InteractionContext>))]
internal enum InteractionContext
{
    Guild = 0,
    BotDirectMessage = 1,

    /// <summary>Messages between people that the bot has no part in.</summary>
    PrivateChannel = 2,
}

/// <summary>Who has to have installed the bot for a command to be there.</summary>
[JsonConverter(typeof(JsonNumberEnumConverter<IntegrationType>))]
internal enum IntegrationType
{
    Guild = 0,
    User = 1,
}

/// <summary>The commands as Discord reads them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<ApplicationCommand>))]
internal sealed partial class CommandJson : JsonSerializerContext;
