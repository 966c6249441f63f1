using System.Globalization;
using System.Text.Json;
using AlertBot.Feeds;

namespace AlertBot.Tests.Feeds;

/// <summary>A feed file with what a reader must make of it beside it. Of an item only the fields that are listed are compared.</summary>
internal sealed record FeedFixture(string Name, byte[] Bytes, JsonElement Expected)
{
    private const string Suffix = ".expected.json";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Feeds");

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, $"*{Suffix}").Select(path => Path.GetFileName(path)[..^Suffix.Length]).Order(StringComparer.Ordinal)];

    public FeedDocument Document => new(Bytes, Expected.Text("contentType"), Expected.Text("baseUrl") is { } url ? new Uri(url) : null);

    public static FeedFixture Load(string name) => new(
        name,
        File.ReadAllBytes(Path.Combine(Folder, name)),
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(Folder, name + Suffix))));

    /// <summary>The field of an entry under its name in the expectations.</summary>
    public static string? Field(FeedEntry entry, string name) => name switch
    {
        "guid" => entry.Guid,
        "link" => entry.Link,
        "title" => entry.Title,
        "author" => entry.Author,
        "published" => Time(entry.Published),
        "updated" => Time(entry.Updated),
        "summary" => entry.Summary,
        "content" => entry.Content,
        _ => throw new ArgumentException($"An entry has no field {name}.", nameof(name)),
    };

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
