using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Slack.Web;

/// <summary>Reads a method's arguments from JSON, a form or the query; a form's structured fields are JSON strings.</summary>
internal static class ArgumentReader
{
    private static readonly string[] Structured = ["blocks", "view", "metadata", "attachments", "files"];

    public static async Task<JsonObject> ReadAsync(HttpRequest request)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in request.Query)
        {
            arguments[name] = Value(name, value.ToString());
        }

        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync(request.HttpContext.RequestAborted).ConfigureAwait(false))
            {
                arguments[name] = Value(name, value.ToString());
            }

            return arguments;
        }

        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
        if (text.Length > 0 && request.HasJsonContentType())
        {
            foreach (var (name, value) in JsonReading.Parse(text) as JsonObject ?? throw new SlackError("invalid_json"))
            {
                arguments[name] = Structured.Contains(name) && value.AsText() is { } json ? Value(name, json) : value?.DeepClone();
            }
        }

        return arguments;
    }

    private static JsonNode? Value(string name, string text) => Structured.Contains(name) ? JsonReading.Parse(text) ?? JsonValue.Create(text) : JsonValue.Create(text);
}
