using System.Collections.Frozen;
using System.Text.Json;

namespace AlertBot.Feeds.Formats;

/// <summary>JSON Feed 1.0 and 1.1. Titles and summaries are plain text there, content is HTML or plain text by its name.</summary>
internal sealed class JsonFeedFormat : IFeedFormat
{
    private const string Marker = "jsonfeed.org/version/";

    private static readonly FrozenSet<string> Members = new[]
    {
        "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon", "authors", "author",
        "language", "expired", "hubs", "items", "id", "url", "external_url", "content_html", "content_text", "summary", "image", "banner_image",
        "date_published", "date_modified", "tags", "attachments",
    }.ToFrozenSet();

    public bool Recognises(FeedDocument document)
    {
        if (document.Json is not { ValueKind: JsonValueKind.Object } root)
        {
            return false;
        }

        var says = root.Text("version")?.Contains("jsonfeed", StringComparison.OrdinalIgnoreCase) == true;
        var head = root.Text("title") ?? root.Text("feed_url") ?? root.Text("home_page_url");
        var hasItems = root.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array;
        return says || (hasItems && head is not null) || ((hasItems || head is not null) && IsInItsWords(root) && root.Objects("items").All(IsInItsWords));
    }

    public ParsedFeed Read(FeedDocument document)
    {
        var root = document.Json!.Value;
        var link = FeedLinks.Resolve(root.Text("home_page_url"), document.BaseAddress);
        var address = FeedLinks.Base(link ?? root.Text("feed_url"), document.BaseAddress);
        var author = Author(root);
        List<FeedEntry> entries = [.. root.Objects("items").Select(item => Entry(item, address, author)).OfType<FeedEntry>().Take(FeedParser.MostEntries)];
        return new ParsedFeed(Version(root), Line(root.Text("title")), link, entries) { Hints = Hints(root, document.BaseAddress) };
    }

    private static FeedHints Hints(JsonElement root, Uri? address) => new()
    {
        Hub = root.Objects("hubs").Where(hub => hub.Text("type")?.Trim().Equals("WebSub", StringComparison.OrdinalIgnoreCase) == true)
            .Select(hub => FeedLinks.Address(hub.Text("url"), address)).FirstOrDefault(hub => hub is not null),
        Self = FeedLinks.Address(root.Text("feed_url"), address),
    };

    private static string Version(JsonElement root)
    {
        var version = root.Text("version") ?? "";
        var at = version.IndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && version[(at + Marker.Length)..].Trim() is { Length: > 0 and <= 10 } number ? $"JSON Feed {number}" : "JSON Feed";
    }

    // Names that begin with an underscore are anybody's.
    private static bool IsInItsWords(JsonElement element) =>
        element.EnumerateObject().All(member => member.Name.StartsWith('_') || Members.Contains(member.Name));

    private static FeedEntry? Entry(JsonElement item, Uri? address, string? author)
    {
        var entry = new FeedEntry(
            Id(item),
            Link(item, address),
            Line(item.Text("title")) ?? "",
            Author(item) ?? author,
            Date(item.Text("date_published")),
            Date(item.Text("date_modified")),
            FeedText.Literal(item.Text("summary"), isLine: false, LineBreaks.Kept),
            FeedText.Html(item.Text("content_html"), isLine: false) ?? FeedText.Literal(item.Text("content_text"), isLine: false, LineBreaks.Kept));
        return entry is { IsBlank: true, Published: null, Updated: null } ? null : entry;
    }

    private static string? Id(JsonElement item) =>
        Line(item.Text("id")) ?? (item.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.True or JsonValueKind.False ? id.GetRawText() : null);

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
                .Select(author => Line(author.Text("name")) ?? MailAddress(author.Text("url"))).OfType<string>().Distinct().Take(Person.Most),
        ];
        return names.Length > 0 ? string.Join(", ", names) : Line(item.Text("author"));
    }

    private static string? MailAddress(string? url) =>
        url?.Trim() is { } mail && mail.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? Line(mail["mailto:".Length..].Split('?')[0]) : null;

    private static DateTimeOffset? Date(string? text) => text is not null && FeedDates.TryParse(text, out var time) ? time : null;

    private static string? Line(string? text) => FeedText.Literal(text, isLine: true, LineBreaks.Folded);
}
