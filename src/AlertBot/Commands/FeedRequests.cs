using System.Text.Json;
using AlertBot.Feeds;

namespace AlertBot.Commands;

/// <summary>What HTTP said about one file.</summary>
internal sealed record FeedRequest(string Path, string? ContentType, Uri? BaseAddress);

/// <summary>A line of the requests that could not be used, and its number.</summary>
internal sealed record FeedRequestError(string Error, int Line);

/// <summary>
/// The requests of <c>feed parse</c>, read line by line. A file is looked for where the program runs, then beside the requests; a later
/// line for a file replaces an earlier one.
/// </summary>
internal sealed class FeedRequests
{
    private readonly Dictionary<string, FeedRequest> _byPath = new(StringComparer.Ordinal);
    private readonly List<string> _files = [];
    private readonly List<FeedRequestError> _errors = [];

    /// <summary>The files as the lines name them, each once, in order.</summary>
    public IReadOnlyList<string> Files => _files;

    public IReadOnlyList<FeedRequestError> Errors => _errors;

    public static async Task<FeedRequests> ReadAsync(string? path, TextReader input, CancellationToken cancellationToken)
    {
        var requests = new FeedRequests();
        if (path is null)
        {
            return requests;
        }

        using var file = path == "-" ? null : new StreamReader(path);
        var folder = path == "-" ? "" : Path.GetDirectoryName(path) ?? "";
        for (var number = 1; await (file ?? input).ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                requests.Take(line, number, folder);
            }
        }

        return requests;
    }

    public FeedRequest? Of(string file) => _byPath.GetValueOrDefault(Key(file));

    private void Take(string line, int number, string folder)
    {
        try
        {
            var request = JsonElement.Parse(line);
            if (request.Text("file") is not { } file)
            {
                _errors.Add(new FeedRequestError($"line {number} of the requests names no file", number));
                return;
            }

            if (!_byPath.ContainsKey(Key(file)))
            {
                _files.Add(file);
            }

            var beside = Path.Combine(folder, file);
            var path = !File.Exists(file) && File.Exists(beside) ? beside : file;
            var address = Uri.TryCreate(request.Text("baseUrl"), UriKind.Absolute, out var found) ? found : null;
            _byPath[Key(file)] = _byPath[Key(path)] = new FeedRequest(path, request.Text("contentType"), address);
        }
        catch (JsonException)
        {
            _errors.Add(new FeedRequestError($"line {number} of the requests is not JSON", number));
        }
    }

    // Invalid characters are the reader's to report, when the file is opened.
    private static string Key(string file) => file.Contains('\0', StringComparison.Ordinal) ? file : Path.GetFullPath(file);
}
