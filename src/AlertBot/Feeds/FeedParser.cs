using AlertBot.Feeds.Formats;
using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds;

/// <summary>
/// Reads a feed by the first format that recognises it. Never throws, whatever the bytes; takes time and memory in proportion to them.
/// </summary>
internal static class FeedParser
{
    public const int LargestBytes = 20 * 1024 * 1024;

    /// <summary>Entries beyond this many are left out.</summary>
    public const int MostEntries = 20_000;

    public const string TooLarge = "larger than 20 MiB";

    public const string Unreadable = "unreadable";

    private static readonly IFeedFormat[] Formats = [new RssFormat(), new AtomFormat(), new JsonFeedFormat()];

    public static FeedReading Parse(FeedDocument document)
    {
        if (document.Bytes.Length > LargestBytes)
        {
            return new FeedReading.NotAFeed(TooLarge);
        }

        try
        {
            return Formats.FirstOrDefault(format => format.Recognises(document)) is { } format
                ? new FeedReading.Parsed(format.Read(document))
                : new FeedReading.NotAFeed(Describe(document));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // No publisher's bytes may stop the polling of the others, not even by a mistake of ours. The tests count this as a failure.
            return new FeedReading.NotAFeed($"{Unreadable} ({e.GetType().Name})");
        }
    }

    private static string Describe(FeedDocument document)
    {
        if (document.Bytes.Span.TrimStart(FeedCharset.MarkBytes).IsEmpty)
        {
            return "empty";
        }

        if (document.Bytes.Span is [0x1F, 0x8B, ..])
        {
            return "compressed bytes (gzip)";
        }

        if (document.LooksLikeJson)
        {
            return document.Json is null ? "broken JSON" : "JSON but no JSON Feed";
        }

        var isHtml = document.Text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase);
        return XmlFeed.Root(document) switch
        {
            null => document.Bytes.Span.Contains((byte)0) ? "binary data" : "text without markup",
            { Name: "html" or "head" or "body" } => "an HTML page",
            _ when isHtml => "an HTML page",
            var root => $"XML with root <{Shortened(root)}>",
        };
    }

    private static string Shortened(MarkupElement root) => root.Name.Length <= 40 ? root.Name : $"{root.Name[..40]}…";
}
