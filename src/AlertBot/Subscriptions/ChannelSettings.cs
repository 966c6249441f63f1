using System.Text.Json.Serialization;
using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>How a channel wants to be told of stories. What is null is as the bot's settings have it for all.</summary>
internal sealed record ChannelSettings
{
    /// <summary>Of a channel that chose nothing.</summary>
    public static readonly ChannelSettings Usual = new();

    public Growth Growth { get; init; }

    /// <summary>When alerts are told together; null: each at once.</summary>
    public string? Digest { get; init; }

    /// <summary>Urgent stories wait for the digest, too.</summary>
    public bool UrgentWaits { get; init; }

    /// <summary>A name of the TZ database.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The hours in which only what reaches the floor is told; null: none.</summary>
    public string? Quiet { get; init; }

    public string? QuietFloor { get; init; }

    /// <summary>How often an hour roles may be called at most; 0: never.</summary>
    public int? PingsPerHour { get; init; }

    /// <summary><see cref="Digest"/>, read.</summary>
    [JsonIgnore]
    public DigestRhythm Rhythm => Digest is null ? DigestRhythm.Immediate : DigestRhythm.Parse(Digest) ?? DigestRhythm.Immediate;

    /// <summary><see cref="Quiet"/>, read.</summary>
    [JsonIgnore]
    public QuietHours? Hours => Quiet is null ? null : QuietHours.Parse(Quiet);

    /// <summary><see cref="QuietFloor"/>, read: what is at least so urgent is told in quiet hours, too.</summary>
    [JsonIgnore]
    public Severity Floor => (QuietFloor is null ? null : Severities.Parse(QuietFloor)) ?? Severity.Urgent;
}

/// <param name="Name">What people call the channel; null where nobody noted it.</param>
internal sealed record NamedSettings(ChannelAddress Channel, string? Name, ChannelSettings Settings);

/// <summary>What a channel sees of an event that goes on after its alert.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Growth>))]
internal enum Growth
{
    /// <summary>Its alert is edited.</summary>
    Edit,

    /// <summary>The same, and what is new goes into the thread under the alert.</summary>
    Thread,

    /// <summary>The same, and what is new is posted in the channel.</summary>
    Anew,
}
