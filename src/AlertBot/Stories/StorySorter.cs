using AlertBot.Feeds;

namespace AlertBot.Stories;

/// <summary>
/// Sorts the entries of one document. What has a guid of its own is known by that first; then by its link, whichever feed brought it;
/// then by what it says, which tells an item issued anew. Two items that stand side by side in a document are two stories
/// unless they say the same.
/// </summary>
internal sealed class StorySorter(Feed feed, KnownStories known, DateTimeOffset now)
{
    private readonly Dictionary<StoryId, IdentifiedEntry> _taken = [];
    private readonly Dictionary<string, Admission.New> _newByLink = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Admission.New> _newByKey = [];

    public IReadOnlyList<Admission> Sort(IReadOnlyList<IdentifiedEntry> entries)
    {
        var byGuid = entries.Select(e => (Entry: e, Story: FindByGuid(e))).ToList();
        foreach (var (entry, story) in byGuid.Where(e => e.Story is not null))
        {
            _taken.TryAdd(story!.Id, entry);
        }

        return [.. byGuid.Select(e => Admit(e.Entry, e.Story))];
    }

    // One guid under which link, headline, text and time are all others is a guid that was used again.
    private KnownStory? FindByGuid(IdentifiedEntry entry) =>
        known.Find(entry.Keys.Guid) is { } story
        && (entry.Link is null || known.Find(entry.Link)?.Id == story.Id || entry.Keys.Content.Any(k => known.Find(k)?.Id == story.Id) || (entry.Keys.Text is { } text && text == story.TextHash)
            || Headlines.AreAlike(entry.Entry.Title, story.Title))
            ? story
            : null;

    private Admission Admit(IdentifiedEntry entry, KnownStory? byGuid)
    {
        if ((byGuid ?? Free(entry, known.Find(entry.Link)) ?? entry.Keys.Content.Select(k => Free(entry, known.Find(k))).FirstOrDefault(s => s is not null)) is { } story)
        {
            return Again(entry, story);
        }

        return TwinOf(entry) is { } twin
            ? new Admission.Known(entry, null, twin.Story.Key, Recording.Keys)
            : Register(new Admission.New(entry, ToStory(entry, default, StoryKey.Of(feed, entry, LinkOfItsOwn(entry)))));
    }

    /// <summary>The story, unless another item of this document has a better claim to it and says something else.</summary>
    private KnownStory? Free(IdentifiedEntry entry, KnownStory? story) =>
        story is null || !_taken.TryGetValue(story.Id, out var holder) || SaysTheSame(holder, entry) ? story : null;

    private Admission Again(IdentifiedEntry entry, KnownStory story)
    {
        // Of two items that are one story, the first is the one whose edits count.
        if (!_taken.TryAdd(story.Id, entry) && !ReferenceEquals(_taken[story.Id], entry))
        {
            return new Admission.Known(entry, story.Id, default, HasKeys(entry, story) ? Recording.Nothing : Recording.Keys);
        }

        return story.IsOwn && story.EntryHash is { } last && last != entry.Keys.Whole
            ? new Admission.Changed(entry, ToStory(entry, story.Id, default) with { Link = known.Find(entry.Link) is { } owner && owner.Id != story.Id ? null : entry.Entry.Link })
            : new Admission.Known(entry, story.Id, default, story.EntryHash == entry.Keys.Whole && HasKeys(entry, story) ? Recording.Nothing : Recording.KeysAndHash);
    }

    // What the item says may be told of another story already; the guid is the last one's that came under it.
    private bool HasKeys(IdentifiedEntry entry, KnownStory story) =>
        (entry.Keys.Guid is null || known.Find(entry.Keys.Guid)?.Id == story.Id) && entry.Keys.All.All(k => known.Find(k) is not null)
        && (entry.Link is null || known.Find(entry.Link) is not null);

    private Admission.New? TwinOf(IdentifiedEntry entry)
    {
        if (entry.Keys.Guid is { } guid && _newByKey.GetValueOrDefault(guid) is { } same)
        {
            return same;
        }

        var twin = (entry.Link is null ? null : _newByLink.GetValueOrDefault(entry.Link))
            ?? entry.Keys.Content.Select(k => k is { } key ? _newByKey.GetValueOrDefault(key) : null).FirstOrDefault(t => t is not null);
        return twin is not null && SaysTheSame(twin.Entry, entry) ? twin : null;
    }

    private Admission.New Register(Admission.New admission)
    {
        if (admission.Entry.Link is { } link)
        {
            _newByLink.TryAdd(link, admission);
        }

        foreach (var key in admission.Entry.Keys.All)
        {
            _newByKey.TryAdd(key, admission);
        }

        return admission;
    }

    private string? LinkOfItsOwn(IdentifiedEntry entry) =>
        entry.Link is { } link && known.Find(link) is null && !_newByLink.ContainsKey(link) ? link : null;

    private static bool SaysTheSame(IdentifiedEntry one, IdentifiedEntry other) =>
        one.Keys.Whole == other.Keys.Whole || EntryKeys.Folded(one.Entry.Title) == EntryKeys.Folded(other.Entry.Title);

    private Story ToStory(IdentifiedEntry identified, StoryId id, StoryKey key)
    {
        var entry = identified.Entry;
        return new Story(id, key, entry.Link, Title(entry), entry.Author, entry.Body, feed.Name, entry.Claimed, now);
    }

    // Some items have no title, as microblogs do: their first words stand for it.
    private static string Title(FeedEntry entry)
    {
        var text = entry.Title.Length > 0 ? entry.Title : entry.Body.ReplaceLineEndings(" ");
        return text.Length switch
        {
            0 => entry.Link ?? "(no title)",
            <= 300 => text,
            _ => text[..(char.IsHighSurrogate(text[298]) ? 298 : 299)] + "…",
        };
    }
}
