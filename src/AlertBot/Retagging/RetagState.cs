using AlertBot.Stories;

namespace AlertBot.Retagging;

/// <summary>How far tagging the archive anew is.</summary>
/// <param name="Knowledge">The hash of the actors and topics that it is tagged with.</param>
/// <param name="Last">The story done last; null: none yet.</param>
/// <param name="Done">What was found so far.</param>
internal sealed record RetagState(string Knowledge, DateTimeOffset StartedAt, ArchivePlace? Last, RetagCounts Done)
{
    /// <summary>Null while stories are left.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Null unless it waits until somebody lets it go on.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    public string? PausedBy { get; init; }
}

/// <param name="Stories">Looked at, pruned ones included.</param>
/// <param name="Changed">Those of them on which a tag came, went or changed its weight.</param>
/// <param name="Alerts">Alerts of the past about them that none of their follows would bring now.</param>
/// <param name="Pruned">Passed over: their text is no longer kept, and their tags stay.</param>
internal readonly record struct RetagCounts(long Stories, long Changed, long Alerts, long Pruned);
