using AlertBot.Platforms;

namespace AlertBot.Alerts;

/// <summary>What a message of the outbox is.</summary>
internal enum DeliveryKind
{
    /// <summary>A story that a follow matched.</summary>
    Alert,

    /// <summary>What happened further in the event of an alert.</summary>
    Development,

    /// <summary>Several alerts that were held, on one card.</summary>
    Digest,

    /// <summary>Several alerts that could not be sent in time, on one card.</summary>
    Away,

    /// <summary>What somebody is told of a channel or of feeds.</summary>
    Notice,
}

/// <summary>A message that this process alone may send until its lease ends.</summary>
/// <param name="Attempts">This one included.</param>
/// <param name="ClaimedAt">Tells this attempt from others, in Unix milliseconds.</param>
/// <param name="MaybeShownSince">When the first attempt began whose outcome nobody knows; null if there was none.</param>
internal sealed record ClaimedDelivery(AlertId Id, DeliveryKind Kind, ChannelAddress Channel, int Attempts, long ClaimedAt, DateTimeOffset? MaybeShownSince)
{
    /// <summary>The story and why it is wanted; null where it is a message of another kind.</summary>
    public Alert? Alert { get; init; }

    /// <summary>The card of a notice.</summary>
    public Card? Card { get; init; }

    /// <summary>The roles that it calls, as was decided at its first attempt.</summary>
    public IReadOnlyList<string> Pings { get; init; } = [];

    /// <summary>A lower one goes first.</summary>
    public int Rank { get; init; } = 1;

    /// <summary>Of a development: the alert that it goes on from.</summary>
    public AlertId? About { get; init; }

    /// <summary>The platform's id of the message whose thread it goes into; null also where that was never shown.</summary>
    public string? Under { get; init; }

    /// <summary>What the thread is about.</summary>
    public string? ThreadName { get; init; }

    /// <summary>A notice for a moderators' channel, not for one person.</summary>
    public bool IsForModerators { get; init; }

    /// <summary>The same for every attempt.</summary>
    public string Key => $"{Kind.ToString().ToLowerInvariant()}-{Id}";

    /// <summary>It tells of other alerts.</summary>
    public bool IsBundle => Kind is DeliveryKind.Digest or DeliveryKind.Away;
}
