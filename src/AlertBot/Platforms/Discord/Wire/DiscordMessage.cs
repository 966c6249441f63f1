using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Discord.Wire;

/// <summary>
/// The body of every message that is created, edited or answered with: the only type for it, so that nothing the bot
/// posts can call anybody. An edit replaces all that the message shows.
/// </summary>
internal sealed record DiscordMessage
{
    public IReadOnlyList<Embed> Embeds { get; init; } = [];

    /// <summary>Up to five <see cref="ActionRow"/>s.</summary>
    public IReadOnlyList<Component> Components { get; init; } = [];

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    public MessageFlags? Flags { get; init; }

    /// <summary>At most 25 characters; the same for every attempt at one message.</summary>
    public string? Nonce { get; init; }

    /// <summary>Have Discord give back the message that it already has under the nonce, in place of a second one.</summary>
    public bool? EnforceNonce { get; init; }

    public AllowedMentions AllowedMentions { get; } = AllowedMentions.Nobody;
}

/// <summary>Whom a message may call: nobody.</summary>
internal sealed record AllowedMentions
{
    public static readonly AllowedMentions Nobody = new();

    private AllowedMentions()
    {
    }

    public IReadOnlyList<string> Parse { get; } = [];
}

/// <param name="Id">The number of its file in the upload.</param>
/// <param name="Description">Read out in place of a picture; at most 1,024 characters.</param>
internal sealed record Attachment(string Id, string Filename, string? Description);

[Flags]
[JsonConverter(typeof(JsonNumberEnumConverter<MessageFlags>))]
internal enum MessageFlags
{
    None = 0,

    /// <summary>Shown to the one who asked and to nobody else.</summary>
    Ephemeral = 64,
}
