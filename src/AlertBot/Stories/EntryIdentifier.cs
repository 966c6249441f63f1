using AlertBot.Feeds;

namespace AlertBot.Stories;

/// <summary>
/// Finds out what the entries of a document can be known again by: a guid or a link that stands for several different items is
/// not one of them. Where that holds for many, it holds for the feed.
/// </summary>
internal static class EntryIdentifier
{
    // One slip of an editor is not yet a habit of the feed.
    private const double Habit = 0.25;

    public static (IReadOnlyList<IdentifiedEntry> Entries, FeedTrust Trust) Identify(IReadOnlyList<FeedEntry> entries, FeedTrust trust)
    {
        var drafts = entries.Where(e => !e.IsBlank).Select(e => new Draft(e, CanonicalLink.Of(e.Link))).ToList();
        var guids = Repeated(drafts, d => d.Entry.Guid);
        var links = Repeated(drafts, d => d.Link);
        trust = trust.And(new FeedTrust(IsHabit(guids), IsHabit(links)));
        var identified = drafts.Select(d => Identified(d.Entry, trust.GuidsRepeat || guids.Contains(d) ? null : d.Entry.Guid, trust.LinksRepeat ? null : d.Link)).ToList();
        return (WithoutRepeatedContent(identified), trust);

        bool IsHabit(HashSet<Draft> repeated) => repeated.Count > 1 && (repeated.Count == drafts.Count || repeated.Count >= Math.Max(3, drafts.Count * Habit));
    }

    /// <summary>The drafts whose identity another one bears that says something else.</summary>
    private static HashSet<Draft> Repeated(IReadOnlyList<Draft> drafts, Func<Draft, string?> identity)
    {
        return [.. drafts.Where(d => identity(d) is not null).GroupBy(identity, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).SelectMany(g => g.Where(d => g.Any(o => IsOther(d.Entry, o.Entry))))];

        static bool IsOther(FeedEntry one, FeedEntry other) =>
            EntryKeys.Folded(one.Title) != EntryKeys.Folded(other.Title) && (one.Body.Length == 0 || one.Body != other.Body);
    }

    private static IdentifiedEntry Identified(FeedEntry entry, string? guid, string? link) =>
        new(entry, link, EntryKeys.Of(guid, link, entry.Title, entry.Body, entry.Claimed));

    /// <summary>
    /// A headline or a text under several items of one document is that of a series: it tells none of them. Items that
    /// agree in all are one that stands in several places.
    /// </summary>
    private static IReadOnlyList<IdentifiedEntry> WithoutRepeatedContent(IReadOnlyList<IdentifiedEntry> entries)
    {
        var repeated = entries.SelectMany(e => e.Keys.Content.OfType<long>().Distinct().Select(key => (Key: key, Entry: e)))
            .GroupBy(p => p.Key, p => p.Entry).Where(g => g.Select(e => (e.Keys.Whole, e.Entry.Claimed)).Distinct().Skip(1).Any())
            .Select(g => g.Key).ToHashSet();
        return repeated.Count == 0 ? entries : [.. entries.Select(e => e with { Keys = e.Keys.Without(repeated) })];
    }

    private sealed record Draft(FeedEntry Entry, string? Link);
}
