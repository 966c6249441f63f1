using System.Text.Json;

namespace AlertBot.Benchmarks;

/// <summary>The documents of a folder: those that its <c>index.jsonl</c> names by a "path", in that order, else all files in it by name.</summary>
internal static class FeedFolder
{
    public static IReadOnlyList<byte[]> Read(string? root, int limit)
    {
        if (root is null)
        {
            throw new InvalidDataException("--root is missing: give a folder with feeds");
        }

        var index = Path.Combine(root, "index.jsonl");
        var paths = File.Exists(index)
            ? File.ReadLines(index).Where(line => line.Length > 0).Select(line => Path.Combine(root, PathIn(line)))
            : Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        byte[][] documents = [.. paths.Take(limit).Select(File.ReadAllBytes)];
        return documents.Length > 0 ? documents : throw new InvalidDataException($"{root} has no feeds");
    }

    private static string PathIn(string line) =>
        JsonElement.Parse(line).GetProperty("path").GetString() ?? throw new InvalidDataException($"no path in {line}");
}
