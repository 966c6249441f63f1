using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Discord.Interactions;

/// <summary>
/// What a person did: a command, a button, a choice, a form, or typing in an option. Only the fields that the bot uses;
/// unknown ones and unknown values pass. https://discord.com/developers/docs/interactions/receiving-and-responding
/// </summary>
internal sealed record Interaction(
    string Id,
    string ApplicationId,
    int Type,
    string Token,
    InteractionData? Data,
    string? GuildId,
    string? ChannelId,
    ResolvedChannel? Channel,
    InteractionMember? Member,
    InteractionUser? User,
    PressedMessage? Message,
    string? AppPermissions,
    int? Context,
    Dictionary<string, JsonElement>? AuthorizingIntegrationOwners)
{
    public const int Ping = 1;
    public const int Command = 2;
    public const int Component = 3;
    public const int Autocomplete = 4;
    public const int ModalSubmit = 5;

    /// <summary>The server's own installation; the other is the person's.</summary>
    public bool IsInstalledHere => GuildId is null || AuthorizingIntegrationOwners is null || AuthorizingIntegrationOwners.Count == 0 || AuthorizingIntegrationOwners.ContainsKey("0");

    /// <summary>
    /// Where the bot posts that which the person sees: the channel, or the forum whose post it is. Only the message that opens
    /// a post has the id of the thread that it stands in.
    /// </summary>
    public DiscordAddress Place => Message is { } opening && opening.Id == ChannelId && Channel?.ParentId is { } forum
        ? DiscordAddress.OfChannel(forum, ChannelType.Forum)
        : DiscordAddress.OfChannel(ChannelId ?? "0", Channel?.Type ?? ChannelType.Text);

    public InteractionUser? By => Member?.User ?? User;
}

/// <param name="Name">Of the command.</param>
/// <param name="Type">Of the command: 1 typed, 3 on a message.</param>
/// <param name="Components">What a form was filled in with.</param>
internal sealed record InteractionData(
    string? Name,
    int? Type,
    IReadOnlyList<InteractionOption>? Options,
    string? TargetId,
    Resolved? Resolved,
    string? CustomId,
    IReadOnlyList<string>? Values,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] IReadOnlyList<FilledComponent>? Components);

/// <param name="Type">1 subcommand, 2 group, else a value.</param>
internal sealed record InteractionOption(string Name, int Type, JsonElement Value, IReadOnlyList<InteractionOption>? Options, bool Focused)
{
    public string Text => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : Value.ValueKind == JsonValueKind.Undefined ? "" : Value.GetRawText();
}

internal sealed record Resolved(Dictionary<string, ResolvedChannel>? Channels, Dictionary<string, ResolvedMessage>? Messages, Dictionary<string, ResolvedFile>? Attachments);

/// <summary>A file that somebody attached.</summary>
internal sealed record ResolvedFile(string? Filename, string? Url, long Size);

/// <param name="Permissions">Those of the person, as a bit field in text.</param>
/// <param name="AppPermissions">Those of the bot.</param>
internal sealed record ResolvedChannel(string? Id, int Type, string? Name, string? ParentId, string? Permissions, string? AppPermissions);

/// <summary>The message that a button or menu stands on.</summary>
internal sealed record PressedMessage(string? Id);

internal sealed record ResolvedMessage(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] string? Content,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] IReadOnlyList<ResolvedEmbed>? Embeds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] IReadOnlyList<ResolvedFile>? Attachments);

internal sealed record ResolvedEmbed(string? Title, string? Description);

internal sealed record InteractionMember(InteractionUser? User, string? Nick, string? Permissions, IReadOnlyList<string>? Roles);

internal sealed record InteractionUser(string Id, string? Username, string? GlobalName);

/// <summary>A field of a form, alone (in a label) or in a row.</summary>
internal sealed record FilledComponent(
    string? CustomId,
    string? Value,
    FilledComponent? Component,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] IReadOnlyList<FilledComponent>? Components)
{
    public IEnumerable<FilledComponent> Fields => (Components ?? []).Concat(Component is null ? [] : [Component]).SelectMany(c => c.Fields).Concat(CustomId is null ? [] : [this]);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Interaction))]
internal sealed partial class InteractionJson : JsonSerializerContext;
