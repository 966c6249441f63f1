using System.Text.Json;

namespace AlertBot.Feeds.Formats;

/// <summary>JSON Feed 1.0 and 1.1.</summary>
internal sealed class JsonFeedFormat : IFeedFormat
{
    public bool Recognises(FeedContent content) =>
        content.Json is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array;

    public ParsedFeed Read(FeedContent content)
    {
        var root = content.Json!.Value;
        var home = EntryLinks.Absolute(Text(root, "home_page_url"), content.BaseAddress);
        var relativeTo = content.BaseAddress ?? (home is null ? null : new Uri(home));
        var version = Text(root, "version")?.TrimEnd('/') is { } v && v.Contains("1.1", StringComparison.Ordinal) ? "1.1" : "1.0";
        return new ParsedFeed(
            $"JSON Feed {version}",
            EntryText.Line(Text(root, "title")),
            home,
            [.. root.GetProperty("items").EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).Select(i => ReadItem(i, relativeTo)).OfType<FeedEntry>()]);
    }

    private static FeedEntry? ReadItem(JsonElement item, Uri? relativeTo)
    {
        var id = Text(item, "id");
        var entry = new FeedEntry(
            id,
            EntryLinks.Absolute(Text(item, "url") ?? Text(item, "external_url"), relativeTo) ?? EntryLinks.Web(id),
            EntryText.Line(Text(item, "title")) ?? "",
            Author(item),
            FeedDates.Parse(Text(item, "date_published")),
            FeedDates.Parse(Text(item, "date_modified")),
            EntryText.Clean(Text(item, "summary")),
            EntryText.Html(Text(item, "content_html")) ?? EntryText.Clean(Text(item, "content_text")));
        return EntryText.IsEmpty(entry) ? null : entry;
    }

    // 1.1 has authors, 1.0 has author.
    private static string? Author(JsonElement item)
    {
        var authors = item.TryGetProperty("authors", out var many) && many.ValueKind == JsonValueKind.Array ? many.EnumerateArray().ToList() : [];
        if (item.TryGetProperty("author", out var one))
        {
            authors.Add(one);
        }

        return EntryText.Line(string.Join(", ", authors.Where(a => a.ValueKind == JsonValueKind.Object).Select(a => Text(a, "name")).Where(n => n is not null).Distinct()));
    }

    // Ids are numbers in many feeds, against the specification.
    private static string? Text(JsonElement item, string name) =>
        !item.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String when value.GetString()!.Trim() is { Length: > 0 } text => text,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
}
