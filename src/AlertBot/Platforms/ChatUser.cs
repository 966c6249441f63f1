namespace AlertBot.Platforms;

/// <summary>Whoever typed a command. The platform vouches for all of it.</summary>
/// <param name="IsModerator">May moderate by the platform's own rules.</param>
internal sealed record ChatUser(string Id, string Name, bool IsModerator)
{
    /// <summary>The platform's ids of the roles that the person has in the community.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Where the bot can write to this person alone; null where it can't.</summary>
    public ChannelAddress? Inbox { get; init; }
}
