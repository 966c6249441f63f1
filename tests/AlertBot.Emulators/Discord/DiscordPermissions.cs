namespace AlertBot.Emulators.Discord;

/// <summary>The permission bits that the emulator looks at.</summary>
[Flags]
public enum DiscordPermissions : long
{
    None = 0,
    ManageChannels = 1 << 4,
    ManageGuild = 1 << 5,
    ViewChannel = 1 << 10,
    SendMessages = 1 << 11,
    ManageMessages = 1 << 13,
    EmbedLinks = 1 << 14,
    AttachFiles = 1 << 15,
    ReadMessageHistory = 1 << 16,
    MentionEveryone = 1 << 17,
    ManageThreads = 1L << 34,
    CreatePublicThreads = 1L << 35,
    SendMessagesInThreads = 1L << 38,

    /// <summary>What a bot has here unless a test says otherwise. It may mention everyone, so that a careless message shows.</summary>
    Usual = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | MentionEveryone | CreatePublicThreads | SendMessagesInThreads,
}
