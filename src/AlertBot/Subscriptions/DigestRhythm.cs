using NodaTime;
using NodaTime.TimeZones;

namespace AlertBot.Subscriptions;

/// <summary>
/// When alerts are told together. Its text reads back to the same. A time that the clocks leave out is where they go on; one that they
/// show twice is the first.
/// </summary>
internal abstract record DigestRhythm
{
    public static DigestRhythm Immediate { get; } = new AtOnce();

    private static readonly LocalTime Morning = new(8, 0);

    // A time that is left out or shown twice still comes once.
    private static readonly ZoneLocalMappingResolver Once = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private DigestRhythm()
    {
    }

    /// <summary>The digest of this rhythm, in words: <c>Daily digest</c>.</summary>
    public abstract string Title { get; }

    /// <summary>The first moment after another one at which what waits is told.</summary>
    public abstract Instant NextAfter(Instant moment, DateTimeZone zone);

    /// <summary>Reads <c>at once</c>, <c>hourly</c>, <c>daily 08:00</c>, <c>weekly mon 08:00</c>; null if it is none of these. Without a time it is the morning.</summary>
    public static DigestRhythm? Parse(string text) => text.Trim().ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["at", "once"] or ["at-once"] or ["off"] => Immediate,
        ["hourly"] => new Hourly(),
        ["daily"] => new Daily(Morning),
        ["daily", .. var rest] => DayTimes.ParseTime(rest) is { } time ? new Daily(time) : null,
        ["weekly"] => new Weekly(IsoDayOfWeek.Monday, Morning),
        ["weekly", var day] => DayTimes.ParseDay(day) is { } on ? new Weekly(on, Morning) : null,
        ["weekly", var day, .. var rest] => DayTimes.ParseDay(day) is { } on && DayTimes.ParseTime(rest) is { } time ? new Weekly(on, time) : null,
        _ => null,
    };

    /// <summary>The title of the digest whose rhythm was stored.</summary>
    public static string TitleOf(string rhythm) => Parse(rhythm)?.Title ?? "Digest";

    public abstract override string ToString();

    internal static Instant At(LocalDateTime local, DateTimeZone zone) => zone.ResolveLocal(local, Once).ToInstant();

    /// <summary>Nothing waits.</summary>
    public sealed record AtOnce : DigestRhythm
    {
        public override string Title => "Alerts";

        public override Instant NextAfter(Instant moment, DateTimeZone zone) => moment;

        public override string ToString() => "at once";
    }

    /// <summary>At each full hour of the zone's clocks, one that they show twice included.</summary>
    public sealed record Hourly : DigestRhythm
    {
        public override string Title => "Hourly digest";

        public override Instant NextAfter(Instant moment, DateTimeZone zone)
        {
            var interval = zone.GetZoneInterval(moment);
            var next = moment + Duration.FromHours(1) - PastHour(moment, interval);
            return interval.HasEnd && next >= interval.End ? FirstIn(zone.GetZoneInterval(interval.End)) : next;
        }

        public override string ToString() => "hourly";

        private static Instant FirstIn(ZoneInterval interval) =>
            PastHour(interval.Start, interval) is var past && past == Duration.Zero ? interval.Start : interval.Start + Duration.FromHours(1) - past;

        private static Duration PastHour(Instant moment, ZoneInterval interval) =>
            Duration.FromNanoseconds(moment.WithOffset(interval.WallOffset).TimeOfDay.NanosecondOfDay % NodaConstants.NanosecondsPerHour);
    }

    public sealed record Daily(LocalTime Time) : DigestRhythm
    {
        public override string Title => "Daily digest";

        public override Instant NextAfter(Instant moment, DateTimeZone zone) => FirstAfter(moment, zone, moment.InZone(zone).Date, Period.FromDays(1), Time);

        public override string ToString() => $"daily {DayTimes.Text(Time)}";
    }

    public sealed record Weekly(IsoDayOfWeek Day, LocalTime Time) : DigestRhythm
    {
        public override string Title => "Weekly digest";

        public override Instant NextAfter(Instant moment, DateTimeZone zone) =>
            FirstAfter(moment, zone, moment.InZone(zone).Date.PlusDays(1).Previous(Day), Period.FromWeeks(1), Time);

        public override string ToString() => $"weekly {DayTimes.Text(Day)} {DayTimes.Text(Time)}";
    }

    private static Instant FirstAfter(Instant moment, DateTimeZone zone, LocalDate date, Period step, LocalTime time)
    {
        while (true)
        {
            if (At(date + time, zone) is var at && at > moment)
            {
                return at;
            }

            date += step;
        }
    }
}
