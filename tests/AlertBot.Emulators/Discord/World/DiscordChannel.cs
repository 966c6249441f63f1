namespace AlertBot.Emulators.Discord.World;

/// <summary>A channel, thread or conversation with its messages, oldest first.</summary>
internal sealed class DiscordChannel(string id, int type, DiscordChannelOptions options)
{
    public const int Text = 0;
    public const int Direct = 1;
    public const int Announcements = 5;
    public const int AnnouncementThread = 10;
    public const int PublicThread = 11;
    public const int PrivateThread = 12;
    public const int Forum = 15;

    public string Id { get; } = id;

    public int Type { get; } = type;

    public DiscordChannelOptions Options { get; } = options;

    public string? GuildId { get; init; }

    public string? ParentId { get; } = options.ParentId;

    public string Name { get; set; } = options.Name;

    public string Topic { get; set; } = options.Topic;

    public DiscordPermissions Permissions { get; set; } = options.Permissions;

    public bool Archived { get; set; } = options.Archived;

    public bool Locked { get; set; } = options.Locked;

    public int AutoArchive { get; set; } = 1440;

    public DateTimeOffset ArchivedAt { get; set; }

    public string OwnerId { get; init; } = "";

    /// <summary>The other side of a direct conversation.</summary>
    public DiscordUser? Recipient { get; init; }

    public List<(string Id, string Name)> Tags { get; } = [];

    public List<string> AppliedTags { get; } = [];

    public List<DiscordMessage> Messages { get; } = [];

    /// <summary>Nonces that were enforced, with the first message of each, kept after it was deleted.</summary>
    public Dictionary<string, (DiscordMessage Message, DateTimeOffset At)> Nonces { get; } = [];

    public DateTimeOffset? LastBotMessage { get; set; }

    public int TotalSent { get; set; }

    public bool IsThread => Type is AnnouncementThread or PublicThread or PrivateThread;

    public bool TakesMessages => Type is not (Forum or 4 or 14 or 16);

    public DiscordMessage? Find(string messageId) => Messages.Find(message => message.Id == messageId);
}
