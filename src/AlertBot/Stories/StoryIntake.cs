using System.Security.Cryptography;
using System.Text;
using AlertBot.Feeds;

namespace AlertBot.Stories;

/// <summary>
/// Decides for every entry of a feed whether it is a new story, a changed one or a known one. A function of values:
/// what is known comes in as an argument.
/// </summary>
internal static class StoryIntake
{
    /// <summary>The entries of a document with the identities that they have in their feed and over all feeds.</summary>
    public static IReadOnlyList<IdentifiedEntry> Identify(Feed feed, IReadOnlyList<FeedEntry> entries)
    {
        // Some publishers give every item the same guid: one that stands for several links says nothing.
        var worthless = entries.Where(e => e.Guid is not null).GroupBy(e => e.Guid, e => CanonicalLink.Of(e.Link))
            .Where(g => g.Distinct().Skip(1).Any()).Select(g => g.Key).ToHashSet();

        return [.. entries.Where(e => !e.IsBlank).Select(Identified).DistinctBy(e => e.EntryKey)];

        IdentifiedEntry Identified(FeedEntry entry)
        {
            var guid = worthless.Contains(entry.Guid) ? null : entry.Guid;
            var key = StoryKey.Of(feed, entry, guid);
            return new IdentifiedEntry(entry, guid is null ? key.Value : $"guid:{guid}", key, ContentHash(entry));
        }
    }

    /// <summary>Sorts entries into new, changed and known. A story that stands in the document twice is new once.</summary>
    public static IReadOnlyList<Admission> Admit(Feed feed, IReadOnlyList<IdentifiedEntry> entries, KnownStories known, DateTimeOffset now)
    {
        var fresh = new HashSet<StoryKey>();
        return [.. entries.Select(Admitted)];

        Admission Admitted(IdentifiedEntry entry)
        {
            if (known.Find(entry) is { } story)
            {
                return story.IsOwn && story.EntryHash is { } last && last != entry.ContentHash
                    ? new Admission.Changed(entry, ToStory(feed, entry, now) with { Id = story.Id })
                    : new Admission.Known(entry, story.Id, story.EntryHash == entry.ContentHash);
            }

            return fresh.Add(entry.StoryKey) ? new Admission.New(entry, ToStory(feed, entry, now)) : new Admission.Known(entry, null, false);
        }
    }

    private static Story ToStory(Feed feed, IdentifiedEntry identified, DateTimeOffset now)
    {
        var entry = identified.Entry;
        return new Story(default, identified.StoryKey, entry.Link, Title(entry), entry.Author, Body(entry), feed.Name, entry.Published ?? entry.Updated, now);
    }

    // Some items have no title, as microblogs do: their first words stand for it.
    private static string Title(FeedEntry entry)
    {
        var text = entry.Title.Length > 0 ? entry.Title : Body(entry).ReplaceLineEndings(" ");
        return text.Length switch
        {
            0 => entry.Link ?? "(no title)",
            <= 300 => text,
            _ => text[..(char.IsHighSurrogate(text[298]) ? 298 : 299)] + "…",
        };
    }

    private static string Body(FeedEntry entry) =>
        (entry.Content?.Length ?? 0) >= (entry.Summary?.Length ?? 0) ? entry.Content ?? "" : entry.Summary!;

    private static string ContentHash(FeedEntry entry) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.Title}\n{Body(entry)}")).AsSpan(0, 16));
}

/// <param name="EntryKey">The identity within the feed: the guid, else the story's key.</param>
/// <param name="ContentHash">Of title and body: a change of it is an edit.</param>
internal sealed record IdentifiedEntry(FeedEntry Entry, string EntryKey, StoryKey StoryKey, string ContentHash);

/// <summary>What became of one entry: a closed set.</summary>
internal abstract record Admission(IdentifiedEntry Entry)
{
    /// <summary>Never seen before, in any feed. Its story has no id yet.</summary>
    public sealed record New(IdentifiedEntry Entry, Story Story) : Admission(Entry);

    /// <summary>The publisher edited it. It is tagged again and changes where it was alerted, and alerts nobody again.</summary>
    public sealed record Changed(IdentifiedEntry Entry, Story Story) : Admission(Entry);

    /// <summary>Seen before, here or in another feed.</summary>
    /// <param name="StoryId">Null where the story is new in this very document.</param>
    /// <param name="IsRecorded">This feed brought exactly this before: there is nothing to write.</param>
    public sealed record Known(IdentifiedEntry Entry, StoryId? StoryId, bool IsRecorded) : Admission(Entry);
}
