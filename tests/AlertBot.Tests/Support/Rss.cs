using System.Net;

namespace AlertBot.Tests.Support;

/// <summary>Feeds for tests; a test states only what matters to it.</summary>
internal static class Rss
{
    /// <param name="items">In the order in which they came out: the last stands on top, as in most feeds.</param>
    public static string Feed(params RssItem[] items) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0"><channel><title>Test Wire</title><link>https://wire.example/</link>
        {string.Join('\n', items.Reverse().Select(Item))}
        </channel></rss>
        """;

    /// <summary>A story about North Korea with its own guid and link.</summary>
    public static RssItem AboutNorthKorea(int number) => new($"North Korea fires missile number {number}", $"https://wire.example/story/{number}", $"guid-{number}",
        $"North Korea fired missile number {number} into the sea, officials said. North Korea has not commented.");

    private static string Item(RssItem item) =>
        $"<item><title>{WebUtility.HtmlEncode(item.Title)}</title>{Element("link", item.Link)}{Element("guid", item.Guid)}<description>{WebUtility.HtmlEncode(item.Text)}</description>{Element("pubDate", item.Date)}</item>";

    private static string Element(string name, string? value) => value is null ? "" : $"<{name}>{WebUtility.HtmlEncode(value)}</{name}>";
}

internal sealed record RssItem(string Title, string? Link, string? Guid, string Text, string? Date = null);
