using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>One follow of one channel or direct message.</summary>
/// <param name="MutedUntil">Stories that come before then do not alert; null or past: they do.</param>
internal sealed record Subscription(
    long Id, ChannelAddress Channel, FollowExpression Expression, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? MutedUntil)
{
    /// <summary>When its stories are told; null: when the channel wants.</summary>
    public DigestRhythm? Digest { get; init; }

    /// <summary>The platform's id of the role that its alerts call; null: nobody.</summary>
    public string? Ping { get; init; }

    /// <param name="now">A mute that ended by then is none.</param>
    public FollowTelling ToldAt(DateTimeOffset now) => new(Digest?.ToString(), Ping, MutedUntil > now ? MutedUntil : null);
}

/// <summary>How the stories of a follow are told; by default as the channel's, and nobody is called.</summary>
/// <param name="Digest">A <see cref="DigestRhythm"/>'s text.</param>
/// <param name="Ping">As in <see cref="Subscription.Ping"/>.</param>
/// <param name="MutedUntil">As in <see cref="Subscription.MutedUntil"/>.</param>
internal sealed record FollowTelling(string? Digest = null, string? Ping = null, DateTimeOffset? MutedUntil = null)
{
    /// <summary>With what it leaves out as another one has it.</summary>
    public FollowTelling Over(FollowTelling other) => new(Digest ?? other.Digest, Ping ?? other.Ping, MutedUntil ?? other.MutedUntil);

    /// <summary>With what differs between two, but for what is no longer as in the first.</summary>
    public FollowTelling Moved(FollowTelling from, FollowTelling to) => new(
        Digest == from.Digest ? to.Digest : Digest, Ping == from.Ping ? to.Ping : Ping, MutedUntil == from.MutedUntil ? to.MutedUntil : MutedUntil);
}

/// <summary>Who sets up a follow, and where.</summary>
/// <param name="ChannelName">The channel as people call it.</param>
/// <param name="Inbox">Where that person is told of trouble; null where the bot can't write to them.</param>
/// <param name="Community">As in <see cref="CommandInvocation.Community"/>.</param>
internal sealed record FollowOrigin(ChannelAddress Channel, string ChannelName, string CreatedBy, ChannelAddress? Inbox, string? Community)
{
    /// <inheritdoc cref="Subscription.Ping"/>
    public string? Ping { get; init; }
}

/// <param name="ChannelName">The channel of the follow as people call it.</param>
internal sealed record NamedFollow(Subscription Follow, string ChannelName);

/// <param name="Community">Null where it belongs to none, or where nobody noted it.</param>
internal sealed record FollowedChannel(ChannelAddress Channel, string Name, string? Community);
