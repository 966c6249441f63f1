using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertBot.Feeds;

namespace AlertBot.Commands;

/// <summary>
/// <c>feed parse</c>: reads feed files and writes what the bot makes of them, one JSON line a file, one file at a time. Uses no network.
/// </summary>
internal static class FeedParseVerb
{
    private const int Fine = 0;
    private const int HadErrors = 1;
    private const int WrongUsage = 2;

    private const string Usage = """
        Usage: alertbot feed parse [--requests REQUESTS] FILE...

        Reads each FILE as a feed (RSS, Atom, JSON Feed) and writes one JSON line for it, in order:
          {"file","title","link","items":[{"id","title","link","published","author","summary","content"}]}
          {"file","error"}
        Texts are plain, times are UTC; what a feed does not say is null. Where an item has no publish date, "published" is
        the time of its last update.

          --requests REQUESTS  JSON lines {"file","contentType","baseUrl"}: what HTTP said about a FILE. Without any FILE, all
                               files named there are parsed. "-" reads the lines from standard input.
          --help               Shows this.

        Exit code: 0 all were feeds, 1 some were not, 2 wrong usage.
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, TextReader input, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            await output.WriteLineAsync(Usage);
            return Fine;
        }

        if (Arguments.Read(args, out var wrong) is not { } arguments)
        {
            await error.WriteLineAsync($"alertbot feed parse: {wrong}");
            await error.WriteLineAsync(Usage);
            return WrongUsage;
        }

        FeedRequests requests;
        try
        {
            requests = await FeedRequests.ReadAsync(arguments.Requests, input, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"alertbot feed parse: cannot read {arguments.Requests}: {e.Message}");
            return WrongUsage;
        }

        var hadErrors = requests.Errors.Count > 0;
        foreach (var bad in requests.Errors)
        {
            await WriteAsync(output, bad, cancellationToken);
        }

        foreach (var file in arguments.Files.Count > 0 ? arguments.Files : requests.Files)
        {
            var line = await LineAsync(file, requests.Of(file), cancellationToken);
            hadErrors |= line is FileError;
            await WriteAsync(output, line, cancellationToken);
        }

        await output.FlushAsync(cancellationToken);
        return hadErrors ? HadErrors : Fine;
    }

    private static async Task<object> LineAsync(string file, FeedRequest? request, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            var path = request?.Path ?? file;
            if (new FileInfo(path) is { Exists: true, Length: > FeedParser.LargestBytes })
            {
                return new FileError(file, FeedParser.TooLarge);
            }

            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new FileError(file, e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : $"cannot be read: {e.Message}");
        }

        return FeedParser.Parse(new FeedDocument(bytes, request?.ContentType, request?.BaseAddress)) switch
        {
            FeedReading.Parsed { Feed: var feed } => new FeedLine(file, feed.Title, feed.Link, feed.Entries.Select(Item)),
            FeedReading.NotAFeed { Why: var why } => new FileError(file, why),
            var other => throw new InvalidOperationException($"No line for {other.GetType().Name}."),
        };
    }

    private static ItemLine Item(FeedEntry entry) => new(
        entry.Guid,
        entry.Title.Length == 0 ? null : entry.Title,
        entry.Link,
        entry.Claimed?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        entry.Author,
        entry.Summary,
        entry.Content);

    private static Task WriteAsync(TextWriter output, object line, CancellationToken cancellationToken) =>
        output.WriteLineAsync(JsonSerializer.Serialize(line, line.GetType(), Json).AsMemory(), cancellationToken);

    private sealed record Arguments(IReadOnlyList<string> Files, string? Requests)
    {
        public static Arguments? Read(IReadOnlyList<string> args, out string wrong)
        {
            var files = new List<string>();
            string? requests = null;
            var areFilesOnly = false;
            wrong = "";
            for (var i = 0; i < args.Count; i++)
            {
                switch (args[i])
                {
                    case "--" when !areFilesOnly:
                        areFilesOnly = true;
                        break;
                    case "--requests" when !areFilesOnly && i + 1 < args.Count:
                        requests = args[++i];
                        break;
                    case "--requests" when !areFilesOnly:
                        wrong = "--requests needs a file.";
                        return null;
                    case ['-', _, ..] option when !areFilesOnly:
                        wrong = $"there is no option {option}.";
                        return null;
                    case var file:
                        files.Add(file);
                        break;
                }
            }

            wrong = files.Count == 0 && requests is null ? "name at least one FILE, or --requests." : "";
            return wrong.Length == 0 ? new Arguments(files, requests) : null;
        }
    }

    private sealed record FeedLine(string File, string? Title, string? Link, IEnumerable<ItemLine> Items);

    private sealed record ItemLine(string? Id, string? Title, string? Link, string? Published, string? Author, string? Summary, string? Content);

    private sealed record FileError(string File, string Error);
}
