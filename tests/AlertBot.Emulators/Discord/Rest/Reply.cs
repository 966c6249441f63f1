using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Faults;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>What goes back over the wire: an answer with its headers, a page of some proxy, or a cut.</summary>
internal sealed record Reply(int Status)
{
    public static readonly Reply Cut = new(0);

    public JsonNode? Json { get; init; }

    /// <summary>Instead of JSON: a page that Cloudflare answers with, without Via and without limits.</summary>
    public string? Page { get; init; }

    public Dictionary<string, string> Headers { get; } = [];

    public SpoiledBody Spoiled { get; init; }

    public bool IsCut => Status == 0;

    /// <summary>Does not count as an invalid request.</summary>
    public bool IsShared => Headers.GetValueOrDefault("X-RateLimit-Scope") == "shared";

    public static Reply Of(RestAnswer answer) => new(answer.Status) { Json = answer.Body };

    public static Reply Error(int status, int code, string message) => new(status) { Json = new JsonObject { ["message"] = message, ["code"] = code } };

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

    public async Task WriteAsync(HttpContext context)
    {
        if (IsCut)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        var html = Page ?? (Spoiled == SpoiledBody.Html ? "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>" : null);
        if (Page is null)
        {
            response.Headers.Via = "1.1 google";
        }

        if (html is null && Json is null)
        {
            return;
        }

        response.ContentType = html is not null ? "text/html; charset=UTF-8" : Spoiled == SpoiledBody.WrongType ? "text/plain" : "application/json";
        var body = Encoding.UTF8.GetBytes(html ?? Json!.ToJsonString());
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(Spoiled == SpoiledBody.Half ? body.AsMemory(0, body.Length / 2) : body, context.RequestAborted).ConfigureAwait(false);
        if (Spoiled == SpoiledBody.Half)
        {
            await response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            context.Abort();
        }
    }
}
