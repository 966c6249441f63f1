namespace AlertBot.Platforms.Discord;

/// <summary>Bits of a permission field, and how people know them. https://discord.com/developers/docs/topics/permissions</summary>
[Flags]
internal enum Permission : ulong
{
    None = 0,
    Administrator = 1UL << 3,
    ManageGuild = 1UL << 5,
    ViewChannel = 1UL << 10,
    SendMessages = 1UL << 11,
    EmbedLinks = 1UL << 14,
    AttachFiles = 1UL << 15,
    ReadMessageHistory = 1UL << 16,
    CreatePublicThreads = 1UL << 35,
    SendMessagesInThreads = 1UL << 38,
}

internal static class Permissions
{
    /// <summary>What the bot asks for when it is invited.</summary>
    public const Permission Invited = Permission.ViewChannel | Permission.SendMessages | Permission.EmbedLinks | Permission.AttachFiles
        | Permission.ReadMessageHistory | Permission.CreatePublicThreads | Permission.SendMessagesInThreads;

    /// <summary>A field as Discord writes it; null where it is none.</summary>
    public static Permission? Parse(string? field) => ulong.TryParse(field, out var bits) ? (Permission)bits : null;

    /// <summary>What a message in a channel of this kind needs.</summary>
    public static Permission NeededIn(int channelType) => Permission.ViewChannel | Permission.EmbedLinks
        | (ChannelType.IsThread(channelType) ? Permission.SendMessagesInThreads : Permission.SendMessages);

    public static Permission Missing(Permission has, Permission needed) => has.HasFlag(Permission.Administrator) ? Permission.None : needed & ~has;

    /// <summary>The names that people see in a channel's settings, and where to give them.</summary>
    public static string HowToGive(Permission missing)
    {
        var names = Names(missing);
        return $"It is missing {names}. Give it in the channel's settings: Permissions, add AlertBot, allow {names}.";
    }

    public static string Names(Permission permissions) =>
        string.Join(", ", Enum.GetValues<Permission>().Where(p => p != Permission.None && permissions.HasFlag(p)).Select(Name));

    private static string Name(Permission permission) => permission switch
    {
        Permission.ViewChannel => "“View Channel”",
        Permission.SendMessages => "“Send Messages”",
        Permission.EmbedLinks => "“Embed Links”",
        Permission.AttachFiles => "“Attach Files”",
        Permission.ReadMessageHistory => "“Read Message History”",
        Permission.CreatePublicThreads => "“Create Public Threads”",
        Permission.SendMessagesInThreads => "“Send Messages in Threads”",
        _ => $"“{permission}”",
    };
}
