namespace AlertBot.Feeds;

/// <summary>A feed as its publisher sent it, made plain: text without markup, times in UTC, links absolute.</summary>
internal sealed record ParsedFeed(string Format, string? Title, string? Link, IReadOnlyList<FeedEntry> Entries)
{
    public FeedHints Hints { get; init; } = FeedHints.None;
}

/// <summary>One item of a feed. Every text is plain text; a publish date is a claim and never an identity.</summary>
/// <param name="Guid">guid, atom:id, rdf:about or JSON id as published, trimmed.</param>
/// <param name="Link">Absolute http or https address of the story.</param>
/// <param name="Title">Plain text; empty where the feed has none.</param>
/// <param name="Summary">Plain text of description or summary.</param>
/// <param name="Content">Plain text of the full content, paragraphs separated by a blank line.</param>
internal sealed record FeedEntry(
    string? Guid,
    string? Link,
    string Title,
    string? Author,
    DateTimeOffset? Published,
    DateTimeOffset? Updated,
    string? Summary,
    string? Content)
{
    /// <summary>The longer of the two texts that a feed may give; empty where there is none.</summary>
    public string Body => (Content?.Length ?? 0) >= (Summary?.Length ?? 0) ? Content ?? "" : Summary!;

    /// <summary>When its publisher says that it was published, else when it was last changed.</summary>
    public DateTimeOffset? Claimed => Published ?? Updated;

    /// <summary>Whether there is nothing to tell and nothing to know it by.</summary>
    public bool IsBlank => this is { Guid: null, Link: null, Title: "", Summary: null, Content: null };
}
