namespace AlertBot.Platforms.Discord;

/// <summary>
/// Where on Discord: a channel or thread (<c>123</c>), a forum, where each message is a post of its own
/// (<c>forum/123</c>), or a person (<c>@123</c>).
/// </summary>
internal readonly record struct DiscordAddress(DiscordAddress.Kind Is, string Id)
{
    private const string ForumPrefix = "forum/";

    public enum Kind
    {
        Channel,
        Forum,
        Person,
    }

    /// <returns>Null for what is no address of ours: the text may come from anywhere.</returns>
    public static DiscordAddress? Parse(string channel)
    {
        var (kind, id) = channel switch
        {
            ['@', ..] => (Kind.Person, channel[1..]),
            _ when channel.StartsWith(ForumPrefix, StringComparison.Ordinal) => (Kind.Forum, channel[ForumPrefix.Length..]),
            _ => (Kind.Channel, channel),
        };
        return id.Length is > 0 and <= 20 && id.All(char.IsAsciiDigit) ? new DiscordAddress(kind, id) : null;
    }

    public static DiscordAddress OfChannel(string id, int type) => new(ChannelType.IsForum(type) ? Kind.Forum : Kind.Channel, id);

    public ChannelAddress ToChannel() => new(DiscordPlatform.PlatformName, ToString());

    public override string ToString() => Is switch
    {
        Kind.Person => "@" + Id,
        Kind.Forum => ForumPrefix + Id,
        _ => Id,
    };
}
