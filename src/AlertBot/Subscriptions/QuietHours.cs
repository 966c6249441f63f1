using NodaTime;

namespace AlertBot.Subscriptions;

/// <summary>
/// Hours in which a channel is not to be disturbed, by the clocks of its zone: <c>22:00-07:00</c>, <c>22:00-07:00 mon-fri</c>. Its text
/// reads back to the same. They may go past midnight, and belong to the day on which they begin.
/// </summary>
/// <param name="Until">The same as <paramref name="From"/>: a whole day.</param>
/// <param name="Days">Those on which they begin, in the order of the week; never none.</param>
internal sealed record QuietHours(LocalTime From, LocalTime Until, IReadOnlyList<IsoDayOfWeek> Days)
{
    private const string EndOfDay = "24:00";

    /// <summary>Reads two times, then perhaps days; null if it is nothing of the kind, or if it would never end.</summary>
    public static QuietHours? Parse(string text)
    {
        var words = text.Trim().ToLowerInvariant().Replace('–', '-').Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var hours, .. var days] || hours.Split('-') is not [var from, var until] || DayTimes.ParseTime(from) is not { } start)
        {
            return null;
        }

        var end = until == EndOfDay ? LocalTime.Midnight : DayTimes.ParseTime(until);
        var begin = days.Length == 0 ? DayTimes.Week : Read(days);
        return end is null || begin is null || (start == end && begin.Count == DayTimes.Week.Count) ? null : new QuietHours(start, end.Value, begin);
    }

    /// <summary>When they end that are at this moment, with those that follow without a pause; null if it is not quiet.</summary>
    public Instant? EndAfter(Instant moment, DateTimeZone zone)
    {
        Instant? end = null;
        while (EndOf(end ?? moment, zone) is { } later)
        {
            end = later;
        }

        return end;
    }

    public bool Equals(QuietHours? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString()
    {
        var until = Until == LocalTime.Midnight ? EndOfDay : DayTimes.Text(Until);
        var days = Days.Count == DayTimes.Week.Count ? "" : " " + string.Join(',', Days.Select(DayTimes.Text));
        return $"{DayTimes.Text(From)}-{until}{days}";
    }

    private Instant? EndOf(Instant moment, DateTimeZone zone)
    {
        var today = moment.InZone(zone).Date;
        return new[] { today.PlusDays(-1), today }.Where(d => Days.Contains(d.DayOfWeek)).Select(EndOn).Max();

        Instant? EndOn(LocalDate day)
        {
            var (start, end) = (DigestRhythm.At(day + From, zone), DigestRhythm.At((From < Until ? day : day.PlusDays(1)) + Until, zone));
            return start <= moment && moment < end ? end : null;
        }
    }

    // Single days and stretches: mon-fri, sat.
    private static List<IsoDayOfWeek>? Read(IEnumerable<string> words)
    {
        var days = new SortedSet<IsoDayOfWeek>();
        foreach (var word in words)
        {
            var ends = word.Split('-').Select(DayTimes.ParseDay).ToList();
            if (ends.Count > 2 || ends[0] is not { } first || ends[^1] is not { } last)
            {
                return null;
            }

            for (var day = first; ; day = day == IsoDayOfWeek.Sunday ? IsoDayOfWeek.Monday : day + 1)
            {
                days.Add(day);
                if (day == last)
                {
                    break;
                }
            }
        }

        return [.. days];
    }
}
