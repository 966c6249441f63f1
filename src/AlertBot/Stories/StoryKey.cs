using AlertBot.Feeds;

namespace AlertBot.Stories;

/// <summary>
/// The identity of a story over all feeds: its canonical link, else its guid within its feed, else what it says. Never a date. It
/// outlives the story's text.
/// </summary>
internal readonly record struct StoryKey(string Value)
{
    /// <param name="link">Null where it is another story's already, or stands for several.</param>
    public static StoryKey Of(Feed feed, IdentifiedEntry entry, string? link) =>
        link is not null ? new StoryKey(link)
        : entry.Keys.Guid is not null ? new StoryKey($"guid:{feed.Address.Host}:{entry.Entry.Guid}")
        : new StoryKey($"text:{feed.Id}:{entry.Keys.Whole:x}");

    public override string ToString() => Value;
}
