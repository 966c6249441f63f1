using System.Text.Json;
using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds;

/// <summary>
/// The bytes of a feed, with what the fetch said about them. Decoding and parsing happen once, when first asked for, and never fail;
/// one document is read by one thread.
/// </summary>
internal sealed class FeedDocument(ReadOnlyMemory<byte> bytes, string? contentType, Uri? baseAddress)
{
    private string? _text;
    private MarkupElement? _markup;
    private (bool IsRead, JsonElement? Root) _json;

    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public string? ContentType { get; } = contentType;

    public Uri? BaseAddress { get; } = baseAddress;

    /// <summary>The decoded text without a byte order mark or white space before it.</summary>
    public string Text => _text ??= FeedCharset.Decode(Bytes.Span, ContentType).TrimStart(FeedCharset.Marks);

    /// <summary>The tree of the text read as XML, strictly where that works. It stands above the root.</summary>
    public MarkupElement Markup => _markup ??= StrictXml.TryRead(this) ?? LiberalXml.Read(Text);

    /// <summary>The document as JSON, or null where it is none.</summary>
    public JsonElement? Json
    {
        get
        {
            if (!_json.IsRead)
            {
                _json = (true, LooksLikeJson ? LooseJson.Read(this) : null);
            }

            return _json.Root;
        }
    }

    /// <summary>Whether the first byte that is no mark, zero or white space opens a JSON object or array.</summary>
    public bool LooksLikeJson => Bytes.Span.TrimStart(FeedCharset.MarkBytes) is [(byte)'{' or (byte)'[', ..];
}
