using AlertBot.Alerts;
using AlertBot.Knowledge;
using AlertBot.Subscriptions;

namespace AlertBot.Tests.Alerts;

public sealed class HoldTests
{
    private static readonly DateTimeOffset Night = new(2026, 11, 26, 14, 30, 0, TimeSpan.Zero);

    // 23:30 in Seoul.
    [Theory]
    [InlineData("", "", "routine", null)]
    [InlineData("daily 08:00", "", "notable", "daily 08:00 2026-11-26 23:00")]
    [InlineData("daily 08:00", "", "urgent", null)]
    [InlineData("daily 08:00 wait", "", "urgent", "daily 08:00 2026-11-26 23:00")]
    [InlineData("", "22:00-07:00", "notable", "quiet 2026-11-26 22:00")]
    [InlineData("", "22:00-07:00", "urgent", null)]
    [InlineData("", "22:00-07:00 notable", "notable", null)]
    [InlineData("", "22:00-07:00 notable", "routine", "quiet 2026-11-26 22:00")]
    [InlineData("", "12:00-13:00", "routine", null)]
    // A digest that falls into quiet hours is told when they end; one after them at its own time.
    [InlineData("hourly", "22:00-07:00", "notable", "quiet 2026-11-26 22:00")]
    [InlineData("hourly", "22:00-07:00", "urgent", null)]
    [InlineData("daily 08:00", "22:00-07:00", "notable", "daily 08:00 2026-11-26 23:00")]
    public void What_a_channel_wants_decides_how_long_an_alert_is_held(string digest, string quiet, string severity, string? held)
    {
        var settings = new ChannelSettings
        {
            TimeZone = "Asia/Seoul",
            Digest = digest.Length == 0 ? null : digest.Replace(" wait", "", StringComparison.Ordinal),
            UrgentWaits = digest.EndsWith("wait", StringComparison.Ordinal),
            Quiet = quiet.Length == 0 ? null : quiet.Split(' ')[0],
            QuietFloor = quiet.Contains(' ', StringComparison.Ordinal) ? quiet.Split(' ')[1] : null,
        };

        Assert.Equal(held, Text(Hold.Of(settings, [null], Severities.Parse(severity)!.Value, Night, Night)));
    }

    [Theory]
    [InlineData("weekly mon 08:00", "daily 09:00", "daily 09:00 2026-11-27 00:00")]
    [InlineData("weekly mon 08:00", "at once", null)]
    [InlineData("daily 06:00", "channel", "daily 06:00 2026-11-26 21:00")]
    [InlineData("at once", "weekly fri 07:30", null)]
    public void Of_several_follows_the_one_that_tells_it_first_counts(string one, string other, string? held)
    {
        var settings = new ChannelSettings { TimeZone = "Asia/Seoul", Digest = "daily 08:00" };

        Assert.Equal(held, Text(Hold.Of(settings, [DigestRhythm.Parse(one), DigestRhythm.Parse(other)], Severity.Notable, Night, Night)));
    }

    [Fact]
    public void What_should_have_been_told_while_the_bot_was_off_is_told_now_but_not_in_quiet_hours()
    {
        var settings = new ChannelSettings { Digest = "daily 08:00" };

        Assert.Null(Hold.Of(settings, [null], Severity.Notable, Night - TimeSpan.FromDays(3), Night));
        Assert.Equal("quiet 2026-11-26 16:00", Text(Hold.Of(settings with { Quiet = "13:00-16:00" }, [null], Severity.Notable, Night - TimeSpan.FromDays(3), Night)));
    }

    [Fact]
    public void What_was_stored_and_can_no_longer_be_read_holds_nothing() =>
        Assert.Null(Hold.Of(new ChannelSettings { Digest = "each moon", Quiet = "at night", QuietFloor = "huge", TimeZone = "Mars/Olympus" }, [null], Severity.Routine, Night, Night));

    private static string? Text(Hold? hold) => hold is null ? null : $"{hold.For} {hold.Until:yyyy-MM-dd HH:mm}";
}
