namespace AlertBot.Feeds.Formats;

/// <summary>One family of feed formats. Recognising and reading are functions of the document: no clock, no I/O.</summary>
internal interface IFeedFormat
{
    /// <summary>Whether the document is of this family, judged by its root and its namespaces, never by its content type.</summary>
    bool Recognises(FeedDocument document);

    /// <summary>Reads what can be read: a bad item is left out, it never sinks the feed.</summary>
    ParsedFeed Read(FeedDocument document);
}
