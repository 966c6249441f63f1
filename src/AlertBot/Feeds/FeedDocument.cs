using System.Text.Json;
using System.Xml.Linq;

namespace AlertBot.Feeds;

/// <summary>The bytes of a feed, with what the fetch said about them.</summary>
internal sealed record FeedDocument(ReadOnlyMemory<byte> Bytes, string? ContentType, Uri? BaseAddress);

/// <summary>A document read as XML or as JSON: one of the two is there.</summary>
/// <param name="BaseAddress">What relative links are relative to, unless the document says otherwise.</param>
internal sealed record FeedContent(XElement? Xml, JsonElement? Json, Uri? BaseAddress);
