namespace AlertBot.Stories;

/// <summary>A story as it stands in the archive.</summary>
/// <param name="IsPruned">Its text is no longer kept: title and body are empty.</param>
internal sealed record ArchivedStory(Story Story, bool IsPruned)
{
    public ArchivePlace Place => new(Story.SortedAt.ToUnixTimeMilliseconds(), Story.Id);
}

/// <summary>Where a story stands in the order of the archive, newest first.</summary>
/// <param name="SortedAt">As stored: Unix milliseconds, UTC.</param>
internal readonly record struct ArchivePlace(long SortedAt, StoryId Id);
