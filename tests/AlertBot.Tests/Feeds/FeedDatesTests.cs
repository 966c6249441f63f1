using System.Globalization;
using AlertBot.Feeds;

namespace AlertBot.Tests.Feeds;

public sealed class FeedDatesTests
{
    [Theory]
    [InlineData("Tue, 05 Mar 2024 09:30:00 GMT", "2024-03-05T09:30:00Z")]
    [InlineData("5 Mar 24 09:30 EST", "2024-03-05T14:30:00Z")]
    [InlineData("Wed, 05 Mar 2024 09:30:00 +0900", "2024-03-05T00:30:00Z")]
    [InlineData("Tuesday, 5 March 2024 09:30:15 PDT", "2024-03-05T16:30:15Z")]
    [InlineData("Di, 05 März 2024 09:30:00 +0100", "2024-03-05T08:30:00Z")]
    [InlineData("2024-03-05", "2024-03-05T00:00:00Z")]
    [InlineData("2024-03-05T09:30:00.123+09:00", "2024-03-05T00:30:00Z")]
    [InlineData("2024-03-05 09:30:00", "2024-03-05T09:30:00Z")]
    [InlineData("20240305T093000Z", "2024-03-05T09:30:00Z")]
    [InlineData("2024-03", "2024-03-01T00:00:00Z")]
    [InlineData("2024-03-05T24:00:00Z", "2024-03-06T00:00:00Z")]
    [InlineData("Mon Mar  5 09:30:00 2024", "2024-03-05T09:30:00Z")]
    [InlineData("March 5, 2024 9:30 pm EST", "2024-03-06T02:30:00Z")]
    [InlineData("2024년 3월 5일 오후 3:30", "2024-03-05T15:30:00Z")]
    [InlineData("2024.03.05 15:30 KST", "2024-03-05T06:30:00Z")]
    [InlineData("1709631000", "2024-03-05T09:30:00Z")]
    public void Dates_are_read_to_UTC(string text, string utc) =>
        Assert.Equal(utc, FeedDates.Parse(text)?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2024-13-45")]
    [InlineData("32 Mar 2024 09:30:00 GMT")]
    [InlineData("99999999999999999999")]
    public void What_is_no_date_is_none(string text) => Assert.Null(FeedDates.Parse(text));
}
