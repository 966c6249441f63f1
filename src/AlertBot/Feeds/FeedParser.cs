using System.Text.Json;
using AlertBot.Feeds.Formats;

namespace AlertBot.Feeds;

/// <summary>
/// Reads a feed of any known format from its bytes. A function of values that never throws and never waits: what is no
/// feed is a result that says what it is instead.
/// </summary>
internal static class FeedParser
{
    private const int MaxBytes = 50_000_000;

    private static readonly IFeedFormat[] Formats = [new AtomFormat(), new RssFormat(), new JsonFeedFormat()];

    public static FeedParseResult Parse(FeedDocument document)
    {
        if (document.Bytes.Length > MaxBytes)
        {
            return new FeedParseResult.NotAFeed($"larger than {MaxBytes / 1_000_000} MB");
        }

        var text = FeedEncoding.Decode(document.Bytes.Span, document.ContentType);
        var start = text.AsSpan().TrimStart().TrimStart('\uFEFF').TrimStart();
        return start switch
        {
            [] => new FeedParseResult.NotAFeed("the document is empty"),
            ['{' or '[', ..] => ReadJson(text, document.BaseAddress),
            _ => ReadXml(text, document.BaseAddress),
        };
    }

    private static FeedParseResult ReadXml(string text, Uri? baseAddress)
    {
        // What stands before the first tag is none of the feed's.
        var first = text.IndexOf('<', StringComparison.Ordinal);
        if (first < 0)
        {
            return new FeedParseResult.NotAFeed("plain text");
        }

        var content = new FeedContent(FeedXml.Read(text[first..]), null, baseAddress);
        return Read(content) is { } parsed ? parsed : new FeedParseResult.NotAFeed(content.Xml switch
        {
            null => "text with no element in it",
            { Name.LocalName: var name } when name.Equals("html", StringComparison.OrdinalIgnoreCase) => "a web page (HTML)",
            { Name.LocalName: var name } => $"XML with the root <{name}>",
        });
    }

    private static FeedParseResult ReadJson(string text, Uri? baseAddress)
    {
        try
        {
            using var json = JsonDocument.Parse(text.Trim().TrimStart('\uFEFF'), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 });
            return Read(new FeedContent(null, json.RootElement, baseAddress)) is { } parsed ? parsed : new FeedParseResult.NotAFeed("JSON, but no JSON Feed: it has no items");
        }
        catch (JsonException exception)
        {
            return new FeedParseResult.NotAFeed($"broken JSON in line {exception.LineNumber + 1}");
        }
    }

    private static FeedParseResult.Parsed? Read(FeedContent content) =>
        Formats.FirstOrDefault(f => f.Recognises(content)) is { } format ? new FeedParseResult.Parsed(format.Read(content)) : null;
}

/// <summary>What became of a document: a closed set.</summary>
internal abstract record FeedParseResult
{
    private FeedParseResult()
    {
    }

    public sealed record Parsed(ParsedFeed Feed) : FeedParseResult;

    /// <param name="Why">What it is instead, in words for a moderator.</param>
    public sealed record NotAFeed(string Why) : FeedParseResult;
}
