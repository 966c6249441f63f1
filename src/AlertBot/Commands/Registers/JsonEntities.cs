using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlertBot.Commands.Registers;

/// <summary>
/// The entities of a JSON file in any of the shapes in which registers are given away: one a line, with commas or without, in
/// brackets or not; a list; wrapped as <c>{"entities":{…}}</c>; or the rows of a SPARQL result. Packed with gzip or not.
/// </summary>
internal sealed partial class JsonEntities
{
    private const int HeadLength = 4096;

    private readonly string _file;
    private readonly RegisterNotes _notes;
    private readonly string[]? _path;
    private readonly bool _isLines;

    public JsonEntities(string file, RegisterNotes notes)
    {
        _file = file;
        _notes = notes;
        (_isLines, _path) = ShapeOf(Head(file));
    }

    /// <summary>Whether they are the rows of a SPARQL result.</summary>
    public bool AreRows => _path is ["results", ..];

    /// <summary>Each with its place, valid until the next one. A fault goes to the notes and ends the reading of what is not in lines.</summary>
    public IEnumerable<(JsonElement Entity, string Place)> Read() => _isLines ? ReadLines() : ReadTree();

    private IEnumerable<(JsonElement Entity, string Place)> ReadLines()
    {
        using var text = new StreamReader(Open(_file));
        for (var number = 1; !_notes.IsHopeless && text.ReadLine() is { } line; number++)
        {
            var json = line.AsMemory().Trim().TrimEnd(',');
            if (json.Length == 0 || (json.Length == 1 && json.Span[0] is '[' or ']'))
            {
                continue;
            }

            using var entity = Parse(json, number);
            if (entity is not null)
            {
                yield return (entity.RootElement, $"{_file}:{number}");
            }
        }
    }

    private JsonDocument? Parse(ReadOnlyMemory<char> json, int number)
    {
        try
        {
            var entity = JsonDocument.Parse(json);
            if (entity.RootElement.ValueKind == JsonValueKind.Object)
            {
                return entity;
            }

            entity.Dispose();
        }
        catch (JsonException)
        {
            // Told below, like a line that is JSON but no object.
        }

        _notes.Fault(_file, number, "the line is no JSON object: is the file cut off, or of another register?");
        return null;
    }

    private IEnumerable<(JsonElement Entity, string Place)> ReadTree()
    {
        using var stream = Open(_file);
        using var objects = new JsonTree(stream, _path).Objects().GetEnumerator();
        for (var number = 1; Next(objects); number++)
        {
            using var entity = objects.Current;
            yield return (entity.RootElement, $"{_file}, entry {number}");
        }
    }

    private bool Next(IEnumerator<JsonDocument> objects)
    {
        try
        {
            return objects.MoveNext();
        }
        catch (JsonException broken)
        {
            _notes.Fault(_file, (int)(broken.LineNumber ?? 0) + 1, "the JSON ends or breaks here: is the file cut off?");
            return false;
        }
    }

    private static (bool IsLines, string[]? Path) ShapeOf(string head)
    {
        head = head.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (head.StartsWith('['))
        {
            // A dump has a bracket alone on the first line and an entity whole on each other.
            return (DumpStart().IsMatch(head), []);
        }

        return Wrapper().Match(head) switch
        {
            { Success: true } wrapped when wrapped.Groups[1].Value == "entities" => (false, ["entities"]),
            { Success: true } => (false, ["results", "bindings"]),
            _ => (!SpreadObject().IsMatch(head), null),
        };
    }

    private static string Head(string file)
    {
        using var text = new StreamReader(Open(file));
        var head = new char[HeadLength];
        return new string(head, 0, text.ReadBlock(head));
    }

    private static Stream Open(string file)
    {
        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    [GeneratedRegex(@"^\[[ \t]*\r?\n\s*\{[^\r\n]")]
    private static partial Regex DumpStart();

    [GeneratedRegex("^\\{\\s*\"(entities|head|results)\"\\s*:")]
    private static partial Regex Wrapper();

    [GeneratedRegex(@"^\{\s*\r?\n")]
    private static partial Regex SpreadObject();
}
