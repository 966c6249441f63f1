using AlertBot.Feeds;

namespace AlertBot.Stories;

/// <summary>
/// The identity of a story over all feeds: its canonical link, else its guid within its feed, else its title and source.
/// Never a date. It outlives the story's text.
/// </summary>
internal readonly record struct StoryKey(string Value)
{
    public static StoryKey Of(Feed feed, FeedEntry entry, string? guid)
    {
        if (CanonicalLink.Of(entry.Link) is { } link)
        {
            return new StoryKey(link);
        }

        return guid is not null ? new StoryKey($"guid:{feed.Address.Host}:{guid}") : new StoryKey($"title:{feed.Name}:{Folded(entry.Title)}");
    }

    /// <summary>A title without the differences that an editor does not mean.</summary>
    internal static string Folded(string title) => string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    public override string ToString() => Value;
}
