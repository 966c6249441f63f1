using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Discord;

/// <summary>A refusal in Discord's form.</summary>
internal sealed class DiscordError(int status, int code, string message, JsonObject? errors = null) : Exception(message)
{
    public int Status { get; } = status;

    public int Code { get; } = code;

    /// <summary>Seconds until the same request may succeed; for status 429.</summary>
    public double? RetryAfter { get; init; }

    public JsonObject Body()
    {
        var body = new JsonObject { ["message"] = Message, ["code"] = Code };
        if (RetryAfter is { } seconds)
        {
            body["retry_after"] = seconds;
            body["global"] = false;
        }

        if (errors is not null)
        {
            body["errors"] = errors.DeepClone();
        }

        return body;
    }

    public static DiscordError UnknownChannel() => new(404, 10003, "Unknown Channel");

    public static DiscordError UnknownGuild() => new(404, 10004, "Unknown Guild");

    public static DiscordError UnknownMessage() => new(404, 10008, "Unknown Message");

    public static DiscordError UnknownWebhook() => new(404, 10015, "Unknown Webhook");

    public static DiscordError UnknownInteraction() => new(404, 10062, "Unknown interaction");

    public static DiscordError UnknownCommand() => new(404, 10063, "Unknown application command");

    public static DiscordError Unauthorized() => new(401, 0, "401: Unauthorized");

    public static DiscordError MissingAccess() => new(403, 50001, "Missing Access");

    public static DiscordError EmptyMessage() => new(400, 50006, "Cannot send an empty message");

    public static DiscordError MissingPermissions() => new(403, 50013, "Missing Permissions");

    public static DiscordError InvalidToken() => new(401, 50027, "Invalid Webhook Token");
}
