namespace AlertBot.Stories;

/// <summary>A story that the archive has.</summary>
/// <param name="EntryHash">The content hash of this feed's own entry as last seen; null where this feed has not brought the entry before.</param>
/// <param name="IsOwn">This feed brought the story first: its edits are edits of the story.</param>
internal sealed record KnownStory(StoryId Id, string? EntryHash, bool IsOwn);

/// <summary>What the archive knows of the entries of one document.</summary>
internal sealed class KnownStories(IReadOnlyDictionary<string, KnownStory> byEntry, IReadOnlyDictionary<StoryKey, KnownStory> byKey)
{
    /// <summary>By the feed's own identity first; then by the link, for a story that another feed brought or whose guid was issued anew.</summary>
    public KnownStory? Find(IdentifiedEntry entry) => byEntry.GetValueOrDefault(entry.EntryKey) ?? byKey.GetValueOrDefault(entry.StoryKey);
}
