using System.Text.Json;

namespace AlertBot.Feeds.Formats;

/// <summary>JSON Feed 1.0 and 1.1. Titles and summaries are plain text there, content is HTML or plain text by its name.</summary>
internal sealed class JsonFeedFormat : IFeedFormat
{
    private const string Marker = "jsonfeed.org/version/";

    public bool Recognises(FeedDocument document) => document.Json is { ValueKind: JsonValueKind.Object } root
        && root.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
        && (root.Text("version")?.Contains("jsonfeed", StringComparison.OrdinalIgnoreCase) == true
            || (root.Text("title") ?? root.Text("feed_url") ?? root.Text("home_page_url")) is not null);

    public ParsedFeed Read(FeedDocument document)
    {
        var root = document.Json!.Value;
        var link = FeedLinks.Resolve(root.Text("home_page_url"), document.BaseAddress);
        var address = FeedLinks.Base(link ?? root.Text("feed_url"), document.BaseAddress);
        List<FeedEntry> entries = [.. root.Objects("items").Select(item => Entry(item, address)).OfType<FeedEntry>().Take(FeedParser.MostEntries)];
        return new ParsedFeed(Version(root), Line(root.Text("title")), link, entries);
    }

    private static string Version(JsonElement root)
    {
        var version = root.Text("version") ?? "";
        var at = version.IndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && version[(at + Marker.Length)..].Trim() is { Length: > 0 and <= 10 } number ? $"JSON Feed {number}" : "JSON Feed";
    }

    private static FeedEntry? Entry(JsonElement item, Uri? address)
    {
        var entry = new FeedEntry(
            Line(item.Text("id")),
            Link(item, address),
            Line(item.Text("title")) ?? "",
            Author(item),
            Date(item.Text("date_published")),
            Date(item.Text("date_modified")),
            FeedText.Literal(item.Text("summary"), isLine: false, LineBreaks.Kept),
            FeedText.Html(item.Text("content_html"), isLine: false) ?? FeedText.Literal(item.Text("content_text"), isLine: false, LineBreaks.Kept));
        return entry is { Guid: null, Link: null, Title: "", Summary: null, Content: null } ? null : entry;
    }

    private static string? Link(JsonElement item, Uri? address) =>
        FeedLinks.Resolve(item.Text("url"), address)
        ?? FeedLinks.Resolve(item.Text("external_url"), address)
        ?? FeedLinks.Resolve(item.Text("id"), null)
        ?? item.Objects("attachments").Select(attachment => FeedLinks.Resolve(attachment.Text("url"), address)).FirstOrDefault(link => link is not null);

    private static string? Author(JsonElement item)
    {
        string[] names =
        [
            .. item.Objects("authors").Concat(item.Objects("author"))
                .Select(author => Line(author.Text("name"))).OfType<string>().Distinct().Take(Person.Most),
        ];
        return names.Length > 0 ? string.Join(", ", names) : Line(item.Text("author"));
    }

    private static DateTimeOffset? Date(string? text) => text is not null && FeedDates.TryParse(text, out var time) ? time : null;

    private static string? Line(string? text) => FeedText.Literal(text, isLine: true, LineBreaks.Folded);
}
