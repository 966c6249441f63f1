using AlertBot.Feeds;

namespace AlertBot.Stories;

/// <summary>An entry with what it is known again by.</summary>
/// <param name="Link">The canonical link, as far as it can be trusted in this feed.</param>
internal sealed record IdentifiedEntry(FeedEntry Entry, string? Link, EntryKeys Keys);

/// <summary>What became of one entry: a closed set.</summary>
internal abstract record Admission(IdentifiedEntry Entry)
{
    /// <summary>The story whose text is new; null where it is not.</summary>
    public Story? Text => this switch
    {
        New(_, var story) => story,
        Changed(_, var story) => story,
        _ => null,
    };

    /// <summary>Never seen before, in any feed. Its story has no id yet.</summary>
    public sealed record New(IdentifiedEntry Entry, Story Story) : Admission(Entry);

    /// <summary>The publisher edited it. It is tagged again and changes where it was alerted, and alerts nobody again.</summary>
    public sealed record Changed(IdentifiedEntry Entry, Story Story) : Admission(Entry);

    /// <summary>Seen before, here or in another feed.</summary>
    /// <param name="StoryId">Null where the story is new in this very document, under the key <paramref name="Twin"/>.</param>
    public sealed record Known(IdentifiedEntry Entry, StoryId? StoryId, StoryKey Twin, Recording Recording) : Admission(Entry);
}

/// <summary>What has to be written of an entry whose story is known.</summary>
internal enum Recording
{
    /// <summary>This feed brought exactly this before, under the same keys.</summary>
    Nothing,

    /// <summary>The keys alone: its text is not the one that edits are told by.</summary>
    Keys,

    /// <summary>The keys and the text's hash.</summary>
    KeysAndHash,
}

/// <summary>What became of a document.</summary>
/// <param name="Trust">What this document showed of the feed, with what was known before.</param>
internal sealed record Intake(IReadOnlyList<Admission> Admissions, FeedTrust Trust);
