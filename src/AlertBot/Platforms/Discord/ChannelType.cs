namespace AlertBot.Platforms.Discord;

/// <summary>Kinds of channels. https://discord.com/developers/docs/resources/channel#channel-object-channel-types</summary>
internal static class ChannelType
{
    public const int Text = 0;
    public const int Direct = 1;
    public const int GroupDirect = 3;
    public const int Announcement = 5;
    public const int Forum = 15;
    public const int Media = 16;

    public static bool IsThread(int type) => type is 10 or 11 or 12;

    public static bool IsForum(int type) => type is Forum or Media;

    public static bool TakesMessages(int type) => type is Text or Direct or Announcement || IsThread(type) || IsForum(type);
}
