namespace AlertBot.Emulators.Discord.Gateway;

/// <summary>Intent bits, and which of them are privileged.</summary>
internal static class Intents
{
    public const int None = 0;
    public const int Guilds = 1;
    public const int GuildMessages = 1 << 9;
    public const int DirectMessages = 1 << 12;
    public const int MessageContent = 1 << 15;
    public const int Privileged = (1 << 1) | (1 << 8) | MessageContent;
    public const int Known = 0x1FFFF | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
}
