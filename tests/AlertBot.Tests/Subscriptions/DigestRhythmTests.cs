using AlertBot.Subscriptions;
using CsCheck;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Tests.Subscriptions;

public sealed class DigestRhythmTests
{
    private static readonly Gen<DigestRhythm> Rhythms = Gen.OneOf(
        Gen.Const(DigestRhythm.Immediate),
        Gen.Const<DigestRhythm>(new DigestRhythm.Hourly()),
        Gen.Int[0, 1439].Select(m => (DigestRhythm)new DigestRhythm.Daily(Time(m))),
        Gen.Select(Gen.Int[1, 7], Gen.Int[0, 1439], (d, m) => (DigestRhythm)new DigestRhythm.Weekly((IsoDayOfWeek)d, Time(m))));

    private static readonly Gen<Instant> Moments = Gen.Long[0, 40L * 365 * 24 * 3600].Select(s => Instant.FromUtc(2000, 1, 1, 0, 0).Plus(Duration.FromSeconds(s)));

    private static readonly Gen<DateTimeZone> Zones = Gen.OneOfConst(
        "America/New_York", "Europe/Berlin", "Asia/Seoul", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "UTC").Select(Zone);

    [Theory]
    [InlineData("at once", "at once")]
    [InlineData("off", "at once")]
    [InlineData("HOURLY", "hourly")]
    [InlineData("daily", "daily 08:00")]
    [InlineData("daily 6", "daily 06:00")]
    [InlineData(" Daily  6:30 PM ", "daily 18:30")]
    [InlineData("daily 8pm", "daily 20:00")]
    [InlineData("weekly", "weekly mon 08:00")]
    [InlineData("weekly Friday", "weekly fri 08:00")]
    [InlineData("weekly sun 23:59", "weekly sun 23:59")]
    [InlineData("daily 25:00", null)]
    [InlineData("daily 24", null)]
    [InlineData("weekly 08:00", null)]
    [InlineData("weekly mon tue", null)]
    [InlineData("monthly", null)]
    [InlineData("", null)]
    public void Rhythms_are_read_as_people_type_them(string typed, string? read) => Assert.Equal(read, DigestRhythm.Parse(typed)?.ToString());

    [Fact]
    public void The_text_of_a_rhythm_reads_back_to_the_same() => Rhythms.Sample(rhythm => rhythm == DigestRhythm.Parse(rhythm.ToString()));

    [Theory]
    // A plain day.
    [InlineData("daily 08:00", "Asia/Seoul", "2026-11-26T22:59:59Z", "2026-11-26T23:00:00Z")]
    [InlineData("daily 08:00", "Asia/Seoul", "2026-11-26T23:00:00Z", "2026-11-27T23:00:00Z")]
    [InlineData("weekly mon 08:00", "Asia/Seoul", "2026-11-26T00:00:00Z", "2026-11-29T23:00:00Z")]
    [InlineData("weekly mon 08:00", "Asia/Seoul", "2026-11-29T23:00:00Z", "2026-12-06T23:00:00Z")]
    // It stays at its local time over a change of the clocks.
    [InlineData("daily 08:00", "America/New_York", "2026-03-07T13:00:00Z", "2026-03-08T12:00:00Z")]
    [InlineData("daily 08:00", "America/New_York", "2026-10-31T12:00:00Z", "2026-11-01T13:00:00Z")]
    [InlineData("weekly sun 08:00", "Europe/Berlin", "2026-03-22T07:00:00Z", "2026-03-29T06:00:00Z")]
    // A time that is left out is where the clocks go on.
    [InlineData("daily 02:30", "America/New_York", "2026-03-08T00:00:00Z", "2026-03-08T07:00:00Z")]
    [InlineData("daily 02:30", "America/New_York", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z")]
    [InlineData("daily 02:30", "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("weekly sun 02:10", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-03T15:30:00Z")]
    // A time that comes twice counts once, the first time.
    [InlineData("daily 01:30", "America/New_York", "2026-11-01T00:00:00Z", "2026-11-01T05:30:00Z")]
    [InlineData("daily 01:30", "America/New_York", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z")]
    [InlineData("daily 02:30", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("daily 01:45", "Australia/Lord_Howe", "2026-04-04T00:00:00Z", "2026-04-04T14:45:00Z")]
    [InlineData("daily 01:45", "Australia/Lord_Howe", "2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z")]
    // Morocco's clocks go back for Ramadan and forward after it.
    [InlineData("daily 08:00", "Africa/Casablanca", "2026-02-14T07:00:00Z", "2026-02-15T08:00:00Z")]
    [InlineData("daily 08:00", "Africa/Casablanca", "2026-03-21T08:00:00Z", "2026-03-22T07:00:00Z")]
    // Full hours are those of the local clock.
    [InlineData("hourly", "Asia/Kathmandu", "2026-11-26T00:00:00Z", "2026-11-26T00:15:00Z")]
    [InlineData("hourly", "America/New_York", "2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z")]
    [InlineData("hourly", "America/New_York", "2026-03-08T06:30:00Z", "2026-03-08T07:00:00Z")]
    [InlineData("hourly", "Australia/Lord_Howe", "2026-04-04T14:30:00Z", "2026-04-04T15:30:00Z")]
    [InlineData("hourly", "Australia/Lord_Howe", "2026-10-03T15:15:00Z", "2026-10-03T16:00:00Z")]
    [InlineData("at once", "Asia/Seoul", "2026-11-26T00:00:01Z", "2026-11-26T00:00:01Z")]
    public void A_digest_comes_when_the_local_clock_says_so(string rhythm, string zone, string after, string next) =>
        Assert.Equal(At(next), DigestRhythm.Parse(rhythm)!.NextAfter(At(after), Zone(zone)));

    [Fact]
    public void The_next_digest_lies_ahead_and_not_too_far() => Gen.Select(Rhythms, Moments, Zones).Sample((rhythm, moment, zone) =>
    {
        var wait = rhythm.NextAfter(moment, zone) - moment;
        return rhythm switch
        {
            DigestRhythm.AtOnce => wait == Duration.Zero,
            // Where the clocks go back by half an hour, a full hour takes so much longer.
            DigestRhythm.Hourly => wait > Duration.Zero && wait <= Duration.FromMinutes(90),
            DigestRhythm.Daily => wait > Duration.Zero && wait <= Duration.FromHours(49),
            _ => wait > Duration.Zero && wait <= Duration.FromHours((7 * 24) + 25),
        };
    });

    [Fact]
    public void What_comes_before_the_next_digest_has_the_same_next_digest() => Gen.Select(Rhythms.Where(r => r is not DigestRhythm.AtOnce), Moments, Zones, Gen.Double[0, 0.999]).Sample((rhythm, moment, zone, part) =>
    {
        var next = rhythm.NextAfter(moment, zone);
        return next == rhythm.NextAfter(moment + ((next - moment) * part), zone);
    });

    [Fact]
    public void A_daily_digest_comes_once_on_each_day() => Gen.Select(Gen.Int[0, 1439], Zones.Where(z => z.Id != "Pacific/Apia"), Gen.Int[2001, 2037]).Sample((minute, zone, year) =>
    {
        var (rhythm, days) = (new DigestRhythm.Daily(Time(minute)), new List<LocalDate>());
        for (var at = rhythm.NextAfter(Instant.FromUtc(year, 1, 1, 12, 0), zone); at < Instant.FromUtc(year, 12, 30, 0, 0); at = rhythm.NextAfter(at, zone))
        {
            days.Add(at.InZone(zone).Date);
        }

        return days.Zip(days.Skip(1)).All(d => d.First.PlusDays(1) == d.Second);
    }, iter: 200);

    private static LocalTime Time(int minute) => LocalTime.Midnight.PlusMinutes(minute);

    private static DateTimeZone Zone(string id) => TimeZones.Find(id)!;

    private static Instant At(string text) => InstantPattern.General.Parse(text).Value;
}
