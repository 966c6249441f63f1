using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.World;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>Reads a request: JSON, or a form whose payload_json is the JSON and whose files[n] are files.</summary>
internal static class RequestReader
{
    /// <summary>Of one request.</summary>
    public const int MostBytes = 25 * 1024 * 1024;

    /// <param name="path">After /api/vN.</param>
    public static async Task<RestCall> ReadAsync(HttpRequest request, string path)
    {
        var query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var headers = request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var call = new RestCall(request.Method, path, query, null, [], headers);
        if (request.ContentLength > MostBytes)
        {
            await request.Body.CopyToAsync(Stream.Null, request.HttpContext.RequestAborted).ConfigureAwait(false);
            return call with { Fault = new DiscordError(413, 40005, "Request entity too large") };
        }

        var (json, files) = request.HasFormContentType ? await ReadFormAsync(request).ConfigureAwait(false) : (await ReadTextAsync(request).ConfigureAwait(false), []);
        return Parsed(request, call with { Files = files }, json);
    }

    private static RestCall Parsed(HttpRequest request, RestCall call, string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return call;
        }

        if (!request.HasFormContentType && request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return call with { Fault = new DiscordError(400, 50035, "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data'}.") };
        }

        try
        {
            return call with { Body = JsonNode.Parse(json) };
        }
        catch (JsonException)
        {
            return call with { Fault = new DiscordError(400, 50109, "The request body contains invalid JSON.") };
        }
    }

    private static async Task<string> ReadTextAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<(string? Json, List<UploadedFile> Files)> ReadFormAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
        var files = new List<UploadedFile>();
        foreach (var file in form.Files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, request.HttpContext.RequestAborted).ConfigureAwait(false);
            var digits = new string([.. file.Name.Where(char.IsAsciiDigit)]);
            var number = digits.Length == 0 ? files.Count : int.Parse(digits, CultureInfo.InvariantCulture);
            files.Add(new UploadedFile(number, file.FileName, file.ContentType ?? "application/octet-stream", bytes.ToArray()));
        }

        return (form["payload_json"].ToString(), files);
    }
}
