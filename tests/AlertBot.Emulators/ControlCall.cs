using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators;

/// <summary>One call of an emulator's remote control, JSON over HTTP. What can't be done is answered with 400 and why.</summary>
/// <param name="Path">After /_control.</param>
/// <param name="Channel">That the query names.</param>
internal sealed record ControlCall(string Method, string[] Path, string? Channel, JsonObject Body)
{
    /// <param name="rest">Of the path, after /_control.</param>
    public static async Task ServeAsync(HttpContext context, string rest, Func<ControlCall, CancellationToken, Task<(int Status, JsonNode? Answer)>> answerAsync)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
        int status;
        JsonNode? answer;
        try
        {
            var body = text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? [];
            var call = new ControlCall(context.Request.Method, rest.Trim('/').Split('/'), context.Request.Query["channel"], body);
            (status, answer) = await answerAsync(call, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException)
        {
            (status, answer) = (400, new JsonObject { ["error"] = exception.Message });
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer?.ToJsonString() ?? "null", context.RequestAborted).ConfigureAwait(false);
    }
}
