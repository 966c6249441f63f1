namespace AlertBot.Platforms.Discord;

/// <summary>The codes of Discord's errors that the bot acts on. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json</summary>
internal static class DiscordCode
{
    public const int UnknownChannel = 10003;
    public const int UnknownGuild = 10004;
    public const int UnknownMessage = 10008;
    public const int UnknownWebhook = 10015;
    public const int SlowMode = 20016;
    public const int ChannelWriteLimit = 20028;
    public const int GuildWriteLimit = 20029;
    public const int TooManyOldEdits = 30046;
    public const int AlreadyAcknowledged = 40060;
    public const int TagRequired = 40067;
    public const int MissingAccess = 50001;
    public const int CannotMessageUser = 50007;
    public const int NotATextChannel = 50008;
    public const int MissingPermissions = 50013;
    public const int WrongChannelType = 50024;
    public const int ThreadArchived = 50083;
    public const int Overloaded = 130000;
    public const int ThreadExists = 160004;
    public const int ThreadLocked = 160005;
    public const int TooManyThreads = 160006;
    public const int BlockedByAutoMod = 200000;
    public const int HarmfulLink = 240000;
}
