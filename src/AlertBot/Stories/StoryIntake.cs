using AlertBot.Feeds;

namespace AlertBot.Stories;

/// <summary>
/// Decides for every entry of a document whether it is a new story, a changed one or a known one. A function of values: what is
/// known comes in as an argument.
/// </summary>
internal static class StoryIntake
{
    /// <param name="entries">As identified with <paramref name="trust"/>.</param>
    public static Intake Admit(Feed feed, IReadOnlyList<IdentifiedEntry> entries, FeedTrust trust, KnownStories known, DateTimeOffset now)
    {
        if (!trust.GuidsRepeat && entries.Any(e => IsRecycled(e, known)))
        {
            trust = trust with { GuidsRepeat = true };
            entries = [.. entries.Select(e => e with { Keys = e.Keys with { Guid = null } })];
        }

        return new Intake(new StorySorter(feed, known, now).Sort(entries), trust);
    }

    // The guid says one story of this feed, the link another, and the headline is that of the link's: guids go from item to item.
    private static bool IsRecycled(IdentifiedEntry entry, KnownStories known) =>
        known.Find(entry.Keys.Guid) is { } byGuid && known.Find(entry.Link) is { IsOfFeed: true } byLink && byLink.Id != byGuid.Id
        && Headlines.AreSame(entry.Entry.Title, byLink.Title) && !Headlines.AreSame(entry.Entry.Title, byGuid.Title);
}
