namespace AlertBot.Feeds;

/// <summary>The bytes of a feed, with what the fetch said about them.</summary>
internal sealed record FeedDocument(ReadOnlyMemory<byte> Bytes, string? ContentType, Uri? BaseAddress);
