using AlertBot.Lookups;

namespace AlertBot.Tests.Lookups;

public sealed class PeriodTests
{
    // A Wednesday.
    private static readonly DateTimeOffset Now = new(2024, 6, 5, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2024", "2024-01-01 00:00", "2025-01-01 00:00")]
    [InlineData("2023-02", "2023-02-01 00:00", "2023-03-01 00:00")]
    [InlineData("Feb 2023", "2023-02-01 00:00", "2023-03-01 00:00")]
    [InlineData("february 2023", "2023-02-01 00:00", "2023-03-01 00:00")]
    [InlineData("2024-02-29", "2024-02-29 00:00", "2024-03-01 00:00")]
    [InlineData("29 February 2024", "2024-02-29 00:00", "2024-03-01 00:00")]
    [InlineData("Feb 29, 2024", "2024-02-29 00:00", "2024-03-01 00:00")]
    [InlineData("today", "2024-06-05 00:00", "2024-06-06 00:00")]
    [InlineData("Yesterday", "2024-06-04 00:00", "2024-06-05 00:00")]
    [InlineData("last week", "2024-05-27 00:00", "2024-06-03 00:00")]
    [InlineData("this week", "2024-06-03 00:00", "2024-06-10 00:00")]
    [InlineData("last month", "2024-05-01 00:00", "2024-06-01 00:00")]
    [InlineData("last year", "2023-01-01 00:00", "2024-01-01 00:00")]
    [InlineData("24h", "2024-06-04 09:30", "2024-06-05 09:30")]
    [InlineData(" 7 days ago ", "2024-05-29 09:30", "2024-06-05 09:30")]
    [InlineData("the last 2 weeks", "2024-05-22 09:30", "2024-06-05 09:30")]
    [InlineData("6m", "2023-12-05 09:30", "2024-06-05 09:30")]
    [InlineData("1y", "2023-06-05 09:30", "2024-06-05 09:30")]
    public void Times_are_read_as_people_write_them(string typed, string from, string to) =>
        Assert.Equal(new Period(At(from), At(to)), Period.Read(typed, Now));

    [Theory]
    [InlineData("")]
    [InlineData("2024-13")]
    [InlineData("2023-02-29")]
    [InlineData("soon")]
    [InlineData("9999y")]
    [InlineData("0000")]
    [InlineData("-7d")]
    [InlineData("7")]
    public void What_is_no_time_is_refused(string typed) => Assert.Null(Period.Read(typed, Now));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
