namespace AlertBot.Feeds.Dates;

/// <summary>A date as read, not yet known to exist. The time may be 24:00 and a second may be a leap second.</summary>
internal readonly record struct DateParts(int Year, int Month, int Day)
{
    private const int FirstYear = 1900;
    private const int LastYear = 2200;

    public int Hour { get; init; }

    public int Minute { get; init; }

    public int Second { get; init; }

    public TimeSpan Zone { get; init; }

    /// <summary>Ticks within the second.</summary>
    public int Fraction { get; init; }

    public static DateParts FromUnixSeconds(long seconds)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return new DateParts(time.Year, time.Month, time.Day) { Hour = time.Hour, Minute = time.Minute, Second = time.Second };
    }

    public bool TryToUtc(out DateTimeOffset time)
    {
        time = default;
        var isDay = Year is >= FirstYear and <= LastYear && Month is >= 1 and <= 12 && Day >= 1 && Day <= DateTime.DaysInMonth(Year, Month);
        var isTime = (Hour is >= 0 and <= 23 && Minute is >= 0 and <= 59 && Second is >= 0 and <= 60) || (Hour == 24 && Minute == 0 && Second == 0);
        if (!isDay || !isTime || Zone.Duration() > TimeSpan.FromHours(15))
        {
            return false;
        }

        var day = new DateTimeOffset(Year, Month, Day, 0, 0, 0, TimeSpan.Zero);
        time = day + new TimeSpan(Hour, Minute, Math.Min(Second, 59)) + TimeSpan.FromTicks(Fraction) - Zone;
        return true;
    }
}
