namespace AlertBot.Emulators.Discord.World;

/// <summary>A server that the bot is in.</summary>
internal sealed class DiscordGuild(string id, string name)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public string Locale { get; init; } = "en-US";

    public required string OwnerId { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    public List<DiscordRole> Roles { get; } = [];

    public List<DiscordChannel> Channels { get; } = [];
}

/// <summary>A role of a server.</summary>
internal sealed record DiscordRole(string Id, string Name, DiscordPermissions Permissions);
