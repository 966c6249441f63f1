using AlertBot.Subscriptions;
using CsCheck;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Tests.Subscriptions;

public sealed class QuietHoursTests
{
    private static readonly Gen<QuietHours> Hours = Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 1439], Gen.Int[1, 7].Array[1, 6]).Select((from, until, days) =>
        new QuietHours(Time(from), Time(until), [.. days.Distinct().Order().Select(d => (IsoDayOfWeek)d)]));

    [Theory]
    [InlineData("22:00-07:00", "22:00-07:00")]
    [InlineData("22-7", "22:00-07:00")]
    [InlineData("10pm-6:30am", "22:00-06:30")]
    [InlineData("22:00–07:00 mon-fri", "22:00-07:00 mon,tue,wed,thu,fri")]
    [InlineData("00:00-24:00 sat, sun", "00:00-24:00 sat,sun")]
    [InlineData("20:00-06:00 fri-mon", "20:00-06:00 mon,fri,sat,sun")]
    [InlineData("09:00-17:00 Monday wed", "09:00-17:00 mon,wed")]
    [InlineData("00:00-24:00", null)]
    [InlineData("09:00-09:00", null)]
    [InlineData("09:00", null)]
    [InlineData("9-26", null)]
    [InlineData("9-17 noday", null)]
    [InlineData("9-17 mon-tue-wed", null)]
    [InlineData("", null)]
    public void Hours_are_read_as_people_type_them(string typed, string? read) => Assert.Equal(read, QuietHours.Parse(typed)?.ToString());

    [Fact]
    public void The_text_of_hours_reads_back_to_the_same() => Hours.Sample(hours => hours == QuietHours.Parse(hours.ToString()));

    [Theory]
    [InlineData("22:00-07:00", "Asia/Seoul", "2026-11-26T12:59:59Z", null)]
    [InlineData("22:00-07:00", "Asia/Seoul", "2026-11-26T13:00:00Z", "2026-11-26T22:00:00Z")]
    [InlineData("22:00-07:00", "Asia/Seoul", "2026-11-26T21:59:59Z", "2026-11-26T22:00:00Z")]
    [InlineData("22:00-07:00", "Asia/Seoul", "2026-11-26T22:00:00Z", null)]
    // The night from Friday is Friday's.
    [InlineData("22:00-07:00 fri", "UTC", "2026-11-28T06:00:00Z", "2026-11-28T07:00:00Z")]
    [InlineData("22:00-07:00 fri", "UTC", "2026-11-27T06:00:00Z", null)]
    // Saturday and Sunday are one stretch.
    [InlineData("00:00-24:00 sat,sun", "Europe/Berlin", "2026-11-28T12:00:00Z", "2026-11-29T23:00:00Z")]
    // Nights in which the clocks change.
    [InlineData("22:00-07:00", "Europe/Berlin", "2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z")]
    [InlineData("22:00-07:00", "America/New_York", "2026-11-01T03:00:00Z", "2026-11-01T12:00:00Z")]
    [InlineData("22:00-02:30", "America/New_York", "2026-03-08T04:00:00Z", "2026-03-08T07:00:00Z")]
    [InlineData("22:00-01:30", "America/New_York", "2026-11-01T05:45:00Z", null)]
    [InlineData("02:10-02:20", "Australia/Lord_Howe", "2026-10-03T15:30:00Z", null)]
    public void It_is_quiet_until_the_local_clock_says_otherwise(string hours, string zone, string at, string? end) =>
        Assert.Equal(end is null ? null : At(end), QuietHours.Parse(hours)!.EndAfter(At(at), TimeZones.Find(zone)!));

    [Fact]
    public void Quiet_hours_end_and_are_over_then() => Gen.Select(Hours, Gen.Long[0, 30L * 365 * 24 * 3600], Gen.OneOfConst("America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia")).Sample((hours, second, zone) =>
    {
        var (moment, clocks) = (Instant.FromUtc(2001, 1, 1, 0, 0).Plus(Duration.FromSeconds(second)), TimeZones.Find(zone)!);
        return hours.EndAfter(moment, clocks) is not { } end || (end > moment && end - moment < Duration.FromDays(8) && hours.EndAfter(end, clocks) is null);
    });

    private static LocalTime Time(int minute) => LocalTime.Midnight.PlusMinutes(minute);

    private static Instant At(string text) => InstantPattern.General.Parse(text).Value;
}
