using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Discord.Wire;

/// <summary>
/// The body of every message that is created, edited or answered with: the only type for it, so that nothing the bot
/// posts can call anybody but the roles in <see cref="Pings"/>. An edit replaces all that the message shows below its first line.
/// </summary>
internal sealed record DiscordMessage
{
    private const int MostPings = 10;

    /// <summary>The ids of the roles that are called. What is no id calls nobody.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Pings { get; init => field = [.. value.Where(IsRole).Distinct().Take(MostPings)]; } = [];

    /// <summary>Above the card: nothing but the roles that are called, so that no text from elsewhere can stand there.</summary>
    public string? Content => Pings.Count == 0 ? null : string.Join(' ', Pings.Select(id => $"<@&{id}>"));

    public IReadOnlyList<Embed> Embeds { get; init; } = [];

    /// <summary>Up to five <see cref="ActionRow"/>s.</summary>
    public IReadOnlyList<Component> Components { get; init; } = [];

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    public MessageFlags? Flags { get; init; }

    /// <summary>At most 25 characters; the same for every attempt at one message.</summary>
    public string? Nonce { get; init; }

    /// <summary>Have Discord give back the message that it already has under the nonce, in place of a second one.</summary>
    public bool? EnforceNonce { get; init; }

    public AllowedMentions AllowedMentions => Pings.Count == 0 ? AllowedMentions.Nobody : new AllowedMentions { Roles = Pings };

    public static bool IsRole(string text) => text.Length is > 0 and <= 20 && text.All(char.IsAsciiDigit);
}

/// <summary>Whom a message may call: nobody, or these roles.</summary>
internal sealed record AllowedMentions
{
    public static readonly AllowedMentions Nobody = new();

    public IReadOnlyList<string> Parse { get; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Roles { get; init; }
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
