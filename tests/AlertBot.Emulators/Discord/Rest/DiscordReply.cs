using System.Globalization;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Faults;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>Answers as Discord, and what stands before it, gives them.</summary>
internal static class DiscordReply
{
    /// <summary>Does not count as an invalid request.</summary>
    public static bool IsShared(this Reply reply) => reply.Headers.GetValueOrDefault("X-RateLimit-Scope") == "shared";

    public static Reply Of(RestAnswer answer) => new(answer.Status) { Json = answer.Body };

    public static Reply Error(int status, int code, string message) => new(status) { Json = new JsonObject { ["message"] = message, ["code"] = code } };

    /// <summary>A page that Cloudflare answers with, without Via and without limits.</summary>
    public static Reply Cloudflare(int status, string title) =>
        new(status) { Page = $"<!DOCTYPE html><html><head><title>{title} | discord.com | Cloudflare</title></head><body><h1>{title}</h1></body></html>" };

    /// <param name="scope">user, shared or global.</param>
    public static Reply Limited(double seconds, string scope, int code = 0, string message = "You are being rate limited.")
    {
        var reply = new Reply(429)
        {
            Json = new JsonObject { ["message"] = message, ["retry_after"] = Math.Round(seconds, 3), ["global"] = scope == "global", ["code"] = code },
        };
        reply.Headers["Retry-After"] = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture);
        reply.Headers["X-RateLimit-Scope"] = scope;
        if (scope == "global")
        {
            reply.Headers["X-RateLimit-Global"] = "true";
        }

        return reply;
    }
}
