using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>How many stories there were about something on each of some days in a row.</summary>
/// <param name="ChartNames">Names for a picture, best first: the fonts there may not have every script.</param>
/// <param name="Days">One number a day, oldest first, today last; whole weeks.</param>
internal sealed record Trend(NamedTag Of, IReadOnlyList<string> ChartNames, DateOnly From, IReadOnlyList<long> Days)
{
    public const int DaysInWeek = 7;

    /// <summary>That of an actor or topic in the archive.</summary>
    /// <param name="weeks">How many there are; the last one ends today.</param>
    public static async Task<Trend> ReadAsync(NamedTag of, int weeks, DateOnly today, KnowledgeBase knowledge, TagStore tags, CancellationToken cancellationToken)
    {
        var from = today.AddDays(1 - (weeks * DaysInWeek));
        var counts = await tags.CountByDayAsync(of.Tag, from, cancellationToken);
        var names = of.Tag.Kind == TagKind.Actor && knowledge.FindActor(of.Tag.Slug) is { } actor ? actor.Aliases : [];
        return new Trend(of, [of.Name, .. names, of.Tag.Slug], from, [.. Enumerable.Range(0, weeks * DaysInWeek).Select(d => counts.GetValueOrDefault(from.AddDays(d)))]);
    }

    public long Total => Days.Sum();

    /// <summary>In words: the total, the day with the most, the last seven days.</summary>
    public string Summary => Total == 0
        ? "no story"
        : $"{StoryList.Count(Total)}; most on {PeakDay.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} ({Days.Max()}); {Days.TakeLast(DaysInWeek).Sum()} in the last 7 days";

    private DateOnly PeakDay => From.AddDays(Days.Index().MaxBy(d => d.Item).Index);

    /// <summary>The number of each week, oldest first; the last one ends today.</summary>
    public IReadOnlyList<long> Weeks => [.. Days.Chunk(DaysInWeek).Select(week => week.Sum())];
}
