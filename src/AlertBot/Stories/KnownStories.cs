namespace AlertBot.Stories;

/// <summary>A story that the archive has.</summary>
/// <param name="EntryHash">The content hash of this feed's own entry as last seen; null where this feed has not brought the story before, or an older version of the bot stored it.</param>
/// <param name="IsOwn">This feed brought the story first: its edits are edits of the story.</param>
/// <param name="IsOfFeed">This feed has brought it.</param>
/// <param name="TextHash">Likewise, of the text alone.</param>
/// <param name="Title">Null where the text was pruned.</param>
internal sealed record KnownStory(StoryId Id, long? EntryHash, bool IsOwn, bool IsOfFeed, long? TextHash, string? Title);

/// <summary>What the archive knows of the entries of one document.</summary>
internal sealed class KnownStories(IReadOnlyDictionary<long, KnownStory> byKey, IReadOnlyDictionary<string, KnownStory> byLink)
{
    /// <summary>By one of the feed's own keys.</summary>
    public KnownStory? Find(long? key) => key is { } given ? byKey.GetValueOrDefault(given) : null;

    /// <summary>By a link or another story key, whichever feed brought it.</summary>
    public KnownStory? Find(string? link) => link is null ? null : byLink.GetValueOrDefault(link);
}
