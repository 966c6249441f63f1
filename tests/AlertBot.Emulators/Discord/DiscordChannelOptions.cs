namespace AlertBot.Emulators.Discord;

/// <summary>What is special about a channel that a test adds.</summary>
public sealed record DiscordChannelOptions
{
    public string? Id { get; init; }

    public string Name { get; init; } = "news";

    /// <summary>Of a thread, the channel it belongs to.</summary>
    public string? ParentId { get; init; }

    /// <summary>What the bot may do in it.</summary>
    public DiscordPermissions Permissions { get; init; } = DiscordPermissions.Usual;

    public bool Archived { get; init; }

    public bool Locked { get; init; }

    /// <summary>Words that the server's AutoMod stops (200000).</summary>
    public IReadOnlyList<string> BlockedWords { get; init; } = [];

    /// <summary>Parts of links that are held harmful (240000).</summary>
    public IReadOnlyList<string> HarmfulLinks { get; init; } = [];

    /// <summary>Between two messages of the bot, else 20016.</summary>
    public TimeSpan SlowMode { get; init; }

    /// <summary>Names of a forum's tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A forum post without a tag is refused (40067).</summary>
    public bool TagRequired { get; init; }

    /// <summary>Threads that may be open in it at once, else 160006.</summary>
    public int ActiveThreads { get; init; } = 1000;

    public string Topic { get; init; } = "";
}
