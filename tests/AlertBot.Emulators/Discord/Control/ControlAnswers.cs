using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Interactions;

namespace AlertBot.Emulators.Discord.Control;

/// <summary>What the remote control shows.</summary>
internal static class ControlAnswers
{
    public static JsonObject Info(DiscordEmulator emulator) => new()
    {
        ["token"] = emulator.Token,
        ["application_id"] = emulator.ApplicationId,
        ["bot_user_id"] = emulator.BotUserId,
        ["guild_id"] = emulator.GuildId,
        ["channel_id"] = emulator.ChannelId,
        ["user_id"] = emulator.UserId,
        ["public_key"] = emulator.PublicKeyHex,
    };

    public static JsonObject Stats(DiscordEmulator emulator)
    {
        var stats = emulator.Stats;
        var json = new JsonObject
        {
            ["connections"] = stats.Connections,
            ["connections_to_resume_url"] = stats.ConnectionsToResumeUrl,
            ["open"] = stats.Open,
            ["identifies"] = stats.Identifies,
            ["resumes"] = stats.Resumes,
            ["misplaced_resumes"] = stats.MisplacedResumes,
            ["heartbeats"] = stats.Heartbeats,
            ["heartbeat_interval"] = (int)emulator.Options.HeartbeatInterval.TotalMilliseconds,
            ["requests"] = stats.Requests,
            ["session_starts_left"] = stats.SessionStartsLeft,
            ["invalid_requests"] = stats.InvalidRequests,
            ["breaches"] = stats.Breaches,
        };
        if (emulator.ChecksSchema)
        {
            json["violations"] = JsonSerializer.SerializeToNode(emulator.Violations);
        }

        return json;
    }

    public static JsonObject Interaction(DiscordInteraction interaction) => new()
    {
        ["id"] = interaction.Id,
        ["callback"] = interaction.Callback is { } callback ? JsonSerializer.SerializeToNode(callback) : null,
        ["after_ms"] = interaction.AnsweredAfter?.TotalMilliseconds,
        ["messages"] = JsonSerializer.SerializeToNode(interaction.Messages),
    };
}
