using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlertBot.Feeds;

namespace AlertBot.Commands;

/// <summary><c>alertbot feed parse</c>: reads feed files as the bot would, one JSON line a file. No network.</summary>
internal static class FeedParseVerb
{
    private const string Usage = """
        Usage: alertbot feed parse [--requests requests.jsonl] FILE...

        Writes for each file, in order, one line
          {"file","title","link","items":[{"id","title","link","published","author","summary","content"}]}
        or {"file","error"}. Times are ISO 8601, UTC. A line of the requests file, {"file","contentType","baseUrl"}, says
        with which content type and from which address a file came; without FILE all files of the requests are read.
        Exit code: 0 all read, 1 some errors, 2 wrong use.

        """;

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var files = args.Where(a => a != "--requests").ToList();
        if (args.Contains("--help"))
        {
            await output.WriteAsync(Usage);
            return 0;
        }

        var requestsAt = args.ToList().IndexOf("--requests");
        var requestsFile = requestsAt >= 0 && requestsAt + 1 < args.Count ? args[requestsAt + 1] : null;
        files.Remove(requestsFile ?? "");
        if ((files.Count == 0 && requestsFile is null) || (requestsAt >= 0 && requestsFile is null) || files.Any(f => f.StartsWith("--", StringComparison.Ordinal)))
        {
            await error.WriteAsync(Usage);
            return 2;
        }

        var failed = false;
        var requests = new Dictionary<string, Request>(StringComparer.Ordinal);
        if (requestsFile is not null)
        {
            if (!File.Exists(requestsFile))
            {
                await error.WriteLineAsync($"alertbot: there is no file {requestsFile}.");
                return 2;
            }

            failed = await ReadRequestsAsync(requestsFile, requests, output, cancellationToken);
        }

        foreach (var file in files.Count > 0 ? files : [.. requests.Keys])
        {
            var line = Parse(file, requests.GetValueOrDefault(file));
            failed |= line is Failure;
            await output.WriteLineAsync(JsonSerializer.Serialize(line, line.GetType(), Json));
        }

        return failed ? 1 : 0;
    }

    private static async Task<bool> ReadRequestsAsync(string file, Dictionary<string, Request> requests, TextWriter output, CancellationToken cancellationToken)
    {
        var failed = false;
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            number++;
            if (line.Trim().Length == 0)
            {
                continue;
            }

            try
            {
                var request = JsonSerializer.Deserialize<Request>(line, Json);
                requests[request?.File ?? throw new JsonException("it names no file")] = request;
            }
            catch (JsonException)
            {
                failed = true;
                await output.WriteLineAsync(JsonSerializer.Serialize(new { error = $"{file}: line {number} is no JSON object with a \"file\"", line = number }, Json));
            }
        }

        return failed;
    }

    private static object Parse(string file, Request? request)
    {
        try
        {
            var baseAddress = Uri.TryCreate(request?.BaseUrl, UriKind.Absolute, out var address) ? address : null;
            return FeedParser.Parse(new FeedDocument(File.ReadAllBytes(file), request?.ContentType, baseAddress)) switch
            {
                FeedParseResult.Parsed(var feed) => new Document(file, feed.Title, feed.Link, [.. feed.Entries.Select(Item.Of)]),
                FeedParseResult.NotAFeed(var why) => new Failure(file, $"not a feed: {why}"),
                var other => throw new InvalidOperationException($"Unknown result {other}."),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure(file, exception.Message);
        }
    }

    private sealed record Request(string? File, string? ContentType, string? BaseUrl);

    private sealed record Failure(string File, string Error);

    private sealed record Document(string File, string? Title, string? Link, IReadOnlyList<Item> Items);

    private sealed record Item(string? Id, string Title, string? Link, [property: JsonConverter(typeof(UtcSeconds))] DateTimeOffset? Published, string? Author, string? Summary, string? Content)
    {
        public static Item Of(FeedEntry entry) => new(entry.Guid, entry.Title, entry.Link, entry.Published ?? entry.Updated, entry.Author, entry.Summary, entry.Content);
    }

    private sealed class UtcSeconds : JsonConverter<DateTimeOffset?>
    {
        public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value!.Value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
    }
}
