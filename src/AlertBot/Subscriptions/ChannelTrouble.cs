using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>Why a channel gets no alerts, or did not get one.</summary>
/// <param name="Why">The platform's words: what is missing and how to give it.</param>
/// <param name="NextProbeAt">When a closed channel is tried again.</param>
internal sealed record ChannelTrouble(ChannelAddress Channel, TroubleKind Kind, string Why, DateTimeOffset Since, DateTimeOffset? NextProbeAt);

internal enum TroubleKind
{
    /// <summary>The bot may not post there for now: its alerts wait.</summary>
    Closed,

    /// <summary>It no longer exists: its follows rest.</summary>
    Gone,

    /// <summary>It refused one alert; the others go on.</summary>
    Refusing,
}
