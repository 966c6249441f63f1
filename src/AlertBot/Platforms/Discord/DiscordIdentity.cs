namespace AlertBot.Platforms.Discord;

/// <summary>Who the bot is on Discord, asked for once.</summary>
/// <param name="User">The bot's own user id.</param>
/// <param name="Owners">The people who own the application: they moderate the bot everywhere.</param>
internal sealed record DiscordIdentity(string Application, string User, IReadOnlySet<string> Owners);
