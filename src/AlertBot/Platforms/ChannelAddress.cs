namespace AlertBot.Platforms;

/// <summary>One channel or direct message on one platform, written <c>platform:channel</c>.</summary>
/// <param name="Platform">The name of the <see cref="IChatPlatform"/>, e.g. <c>local</c>.</param>
/// <param name="Channel">The platform's own id of the channel; opaque to everyone else.</param>
internal readonly record struct ChannelAddress(string Platform, string Channel)
{
    public static ChannelAddress Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < text.Length - 1
            ? new ChannelAddress(text[..colon], text[(colon + 1)..])
            : throw new FormatException($"'{text}' is no channel address: it must be platform:channel.");
    }

    public override string ToString() => $"{Platform}:{Channel}";
}
