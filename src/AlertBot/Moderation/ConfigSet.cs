using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>
/// What moderators decided, as a file holds it. A part that is null is not in the file: it is left alone, whatever the file is
/// for. Never a secret: no login of a feed, no token.
/// </summary>
internal sealed record ConfigSet
{
    /// <summary>Of the files that this bot writes.</summary>
    public const int Version = 2;

    /// <summary>It is read, too. It knew nothing of how follows and channels are told.</summary>
    public const int OlderVersion = 1;

    /// <summary>It is of <see cref="OlderVersion"/>: how a follow is told stays, as far as it does not say it.</summary>
    public bool IsOlder { get; init; }

    public IReadOnlyList<ListedFeed>? Feeds { get; init; }

    /// <summary>Those of the channels of one community.</summary>
    public IReadOnlyList<ConfigFollow>? Follows { get; init; }

    /// <summary>Those of the channels of one community that are told other than by default.</summary>
    public IReadOnlyList<ConfigChannel>? Channels { get; init; }

    /// <summary>What differs from the knowledge files.</summary>
    public IReadOnlyList<ConfigActor>? Actors { get; init; }

    public IReadOnlyList<ConfigTopic>? Topics { get; init; }

    public ConfigModerators? Moderators { get; init; }
}

/// <param name="ChannelName">What people call the channel; says nothing about which one it is.</param>
internal sealed record ConfigFollow(ChannelAddress Channel, string? ChannelName, FollowExpression What, int Line)
{
    public string Key => $"{Channel} {What}";

    public FollowTelling Telling { get; init; } = new();
}

/// <param name="ChannelName">As in <see cref="ConfigFollow"/>.</param>
internal sealed record ConfigChannel(ChannelAddress Channel, string? ChannelName, ChannelSettings Settings, int Line);

/// <param name="Fields">Null: the actor of the knowledge files is taken away. With a kind it is one that the files do not have.</param>
internal sealed record ConfigActor(string Slug, ActorFields? Fields, int Line);

/// <param name="Topic">Null: the topic of the knowledge files is taken away.</param>
internal sealed record ConfigTopic(string Slug, Topic? Topic, int Line);

/// <param name="Role">The platform's id of the role; null for none.</param>
/// <param name="Channel">Where they are told what the bot needs them for; null for none.</param>
internal sealed record ConfigModerators(string? Role, ChannelAddress? Channel, string? ChannelName, int Line);
