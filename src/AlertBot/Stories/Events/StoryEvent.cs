using System.Globalization;

namespace AlertBot.Stories.Events;

/// <summary>The id of an event's first story.</summary>
internal readonly record struct HappeningId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One happening, as the outlets told it.</summary>
/// <param name="Tellings">In the order in which they came; never empty.</param>
internal sealed record StoryEvent(HappeningId Id, IReadOnlyList<Telling> Tellings)
{
    /// <summary>The first story of each outlet.</summary>
    public IReadOnlyList<Telling> Outlets { get; } = [.. Tellings.DistinctBy(t => t.Outlet)];

    /// <summary>How many outlets have a text that is not mostly a copy of an earlier one.</summary>
    public int Independent { get; } = Tellings.Where(t => !t.IsCopy).Select(t => t.Outlet).Distinct().Count();
}

/// <param name="Outlet">By which outlets are counted.</param>
/// <param name="Shared">The words that joined it to the event, with a space between; empty for the first.</param>
/// <param name="Source">The outlet as it is shown.</param>
/// <param name="Title">Empty once it was pruned.</param>
internal sealed record Telling(StoryId Story, string Outlet, bool IsCopy, string Shared, string Source, string Title, string? Link, DateTimeOffset At);

/// <summary>An event in one line.</summary>
/// <param name="Lead">The first story of it that has a text.</param>
/// <param name="Outlets">How many have told it.</param>
internal sealed record DatedEvent(HappeningId Id, StoryId Lead, string Title, string? Link, string Source, DateTimeOffset At, int Outlets);

/// <summary>An event of which nothing was read yet.</summary>
/// <param name="Outlets">How many have told it.</param>
/// <param name="Stories">Those of the stories in question that belong to it.</param>
internal sealed record CountedEvent(HappeningId Id, int Outlets, IReadOnlyList<StoryId> Stories);
