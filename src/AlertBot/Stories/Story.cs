namespace AlertBot.Stories;

/// <summary>One thing that was reported, however many feeds brought it.</summary>
/// <param name="Link">Where it can be read; absolute http or https.</param>
/// <param name="Body">Plain text, paragraphs separated by a blank line; the longer of the feed's content and summary.</param>
/// <param name="Source">The name of the feed that brought it first.</param>
/// <param name="ClaimedAt">When the publisher says that it was published; a claim, often wrong.</param>
/// <param name="FirstSeenAt">When the bot first saw it.</param>
internal sealed record Story(
    StoryId Id,
    StoryKey Key,
    string? Link,
    string Title,
    string? Author,
    string Body,
    string Source,
    DateTimeOffset? ClaimedAt,
    DateTimeOffset FirstSeenAt)
{
    /// <summary>The earlier of claimed and seen: a date in the future pins nothing to the top.</summary>
    public DateTimeOffset SortedAt => ClaimedAt is { } claimed && claimed < FirstSeenAt ? claimed : FirstSeenAt;
}
