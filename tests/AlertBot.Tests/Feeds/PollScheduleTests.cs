using AlertBot.Feeds;
using CsCheck;

namespace AlertBot.Tests.Feeds;

/// <summary>When a feed is asked again.</summary>
public sealed class PollScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero); // a Wednesday
    private static readonly PollLimits Limits = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly Gen<TimeSpan> AnySpan = Gen.Long[1, TimeSpan.FromDays(400).Ticks].Select(TimeSpan.FromTicks);

    private static readonly Gen<FeedHints> AnyHints = Gen.Select(
        AnySpan.Nullable(), AnySpan.Nullable(), Gen.Int[0, 23].HashSet[0, 24], Gen.Int[0, 6].Select(d => (DayOfWeek)d).HashSet[0, 7],
        (ttl, period, hours, days) => new FeedHints { Ttl = ttl, UpdatePeriod = period, SkipHours = hours, SkipDays = days });

    private static readonly Gen<Feed> AnyFeed = Gen.Select(
        Gen.Long[1, 1_000_000], AnySpan.Nullable(), AnySpan.Nullable(), Gen.Int[0, 30], AnyHints,
        (id, gap, silent, failures, hints) => Feed(id) with { Gap = gap, LastNewAt = silent is { } s ? Now - s : null, Failures = failures, Hints = hints });

    [Theory]
    [InlineData("a feed that is not known yet is asked at the usual interval", null, null, 10)]
    [InlineData("one that brings something every hour twice an hour", 60, 1, 30)]
    [InlineData("one that brings something every minute at the floor", 1, 1, 5)]
    [InlineData("one that brings something once a week at the ceiling", 7 * 24 * 60, 1, 60 / 1.1)]
    [InlineData("one that has been silent for longer than is its way more rarely", 10, 160, 20)]
    [InlineData("a silent one that is not known at the ceiling", null, 100_000, 60 / 1.1)]
    public void The_rhythm_of_a_feed_decides(string why, int? gapMinutes, int? silentMinutes, double expectedMinutes)
    {
        var feed = Feed() with { Gap = Minutes(gapMinutes), LastNewAt = Now - Minutes(silentMinutes) };
        AssertStretched(TimeSpan.FromMinutes(expectedMinutes), PollSchedule.AfterSuccess(feed, null, Limits, Now) - Now, why);
    }

    [Theory]
    [InlineData("Cache-Control", 120, null, null, 120)]
    [InlineData("ttl", null, 90, null, 90)]
    [InlineData("sy:updatePeriod", null, null, 24 * 60, 24 * 60)]
    [InlineData("the longest of them", 60, 120, 30, 120)]
    [InlineData("shorter than the rhythm, it changes nothing", 1, 2, 3, 10)]
    [InlineData("a year of Cache-Control is not believed, beyond the ceiling", 365 * 24 * 60, null, null, 60)]
    [InlineData("a ttl of a week neither", null, 7 * 24 * 60, null, 60)]
    [InlineData("a lie beside an honest wish leaves that one", 365 * 24 * 60, 180, null, 180)]
    public void What_the_publisher_asks_for_is_kept_within_a_day(string why, int? fresh, int? ttl, int? period, int expectedMinutes)
    {
        var feed = Feed() with { Hints = new FeedHints { Ttl = Minutes(ttl), UpdatePeriod = Minutes(period) } };
        AssertStretched(TimeSpan.FromMinutes(expectedMinutes), PollSchedule.AfterSuccess(feed, Minutes(fresh), Limits, Now) - Now, why);
    }

    [Fact]
    public void A_moderators_interval_goes_before_all_wishes()
    {
        var feed = Feed() with { Interval = TimeSpan.FromMinutes(2), Gap = Day, Hints = new FeedHints { Ttl = Day, SkipHours = new HashSet<int> { 12 } } };
        AssertStretched(TimeSpan.FromMinutes(2), PollSchedule.AfterSuccess(feed, Day, Limits, Now) - Now, "");
    }

    [Fact]
    public void Skipped_hours_are_waited_for()
    {
        var feed = Feed() with { Hints = new FeedHints { SkipHours = new HashSet<int> { 12, 13, 14 } } };
        Assert.InRange(PollSchedule.AfterSuccess(feed, null, Limits, Now), Now.AddHours(3), Now.AddHours(3.2));
    }

    [Fact]
    public void A_weekend_without_news_is_asked_once_a_day()
    {
        var friday = new DateTimeOffset(2026, 3, 6, 23, 55, 0, TimeSpan.Zero);
        var feed = Feed() with { Hints = new FeedHints { SkipDays = new HashSet<DayOfWeek> { DayOfWeek.Saturday, DayOfWeek.Sunday } } };
        var saturday = PollSchedule.AfterSuccess(feed, null, Limits, friday);
        var sunday = PollSchedule.AfterSuccess(feed, null, Limits, saturday);
        var monday = PollSchedule.AfterSuccess(feed, null, Limits, sunday);

        Assert.Equal((Day, Day), (saturday - friday, sunday - saturday));
        Assert.InRange(monday, sunday.Date.AddDays(1), sunday.Date.AddDays(1).AddHours(1));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 15)]
    [InlineData(4, 60)]
    [InlineData(8, 24 * 60)]
    [InlineData(1000, 24 * 60)]
    public void A_failing_feed_is_asked_ever_more_rarely(int failuresBefore, int expectedMinutes) =>
        AssertStretched(TimeSpan.FromMinutes(expectedMinutes), PollSchedule.AfterFailure(Feed() with { Failures = failuresBefore }, Limits, Now) - Now, "");

    [Theory]
    [InlineData(-10, 1)]
    [InlineData(30, 30)]
    [InlineData(100_000, 24 * 60)]
    public void A_pause_lasts_as_long_as_was_asked_within_a_minute_and_a_day(int askedMinutes, int expectedMinutes) =>
        Assert.Equal(Now.AddMinutes(expectedMinutes), PollSchedule.AfterPause(Now.AddMinutes(askedMinutes), Now));

    [Fact]
    public void No_feed_is_asked_sooner_than_the_floor_or_the_publishers_wish_nor_later_than_a_day() =>
        Gen.Select(AnyFeed, AnySpan.Nullable()).Sample((feed, fresh) =>
        {
            var at = PollSchedule.AfterSuccess(feed, fresh, Limits, Now) - Now;
            TimeSpan?[] asked = [fresh, feed.Hints.Ttl, feed.Hints.UpdatePeriod];
            Assert.True(at >= Limits.Least);
            Assert.All(asked.OfType<TimeSpan>().Where(wish => wish <= Day), wish => Assert.True(at >= wish));
            Assert.True(at <= Day * (1 + PollSchedule.Spread));
            Assert.True(asked.Any(wish => wish <= Day) || feed.Hints.SkipHours.Count > 0 || feed.Hints.SkipDays.Count > 0 || at <= Limits.Most);
        });

    [Fact]
    public void No_feed_is_asked_in_a_skipped_hour_unless_a_day_has_passed() =>
        AnyFeed.Sample(feed =>
        {
            var at = PollSchedule.AfterSuccess(feed, null, Limits, Now);
            Assert.True(at - Now >= Day || !(feed.Hints.SkipHours.Contains(at.Hour) || feed.Hints.SkipDays.Contains(at.DayOfWeek)));
        });

    [Fact]
    public void A_rarer_feed_is_never_asked_sooner() =>
        Gen.Select(AnyFeed, AnySpan, AnySpan).Sample((feed, one, other) => Assert.True(
            After(feed with { Gap = one < other ? one : other }) <= After(feed with { Gap = one < other ? other : one })));

    [Fact]
    public void The_same_feed_gets_the_same_shift_and_a_thousand_are_spread_evenly()
    {
        var shifts = Enumerable.Range(1, 1000).Select(id => After(Feed(id)) / Limits.Usual - 1).ToList();

        Assert.Equal(shifts, Enumerable.Range(1, 1000).Select(id => After(Feed(id)) / Limits.Usual - 1));
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(shifts.Count(s => Math.Floor(s * 100) == tenth), 80, 120));
    }

    [Fact]
    public void Every_failure_is_followed_by_an_attempt_within_a_minute_and_a_day() =>
        AnyFeed.Sample(feed => Assert.InRange(PollSchedule.AfterFailure(feed, Limits, Now) - Now, TimeSpan.FromMinutes(1), Day));

    private static TimeSpan After(Feed feed) => PollSchedule.AfterSuccess(feed with { Hints = FeedHints.None }, null, Limits, Now) - Now;

    private static Feed Feed(long id = 7) => new(new FeedId(id), new Uri("https://wire.example/feed"));

    private static TimeSpan? Minutes(int? minutes) => minutes is { } m ? TimeSpan.FromMinutes(m) : null;

    private static void AssertStretched(TimeSpan expected, TimeSpan actual, string why) =>
        Assert.True(actual >= expected - TimeSpan.FromSeconds(1) && actual <= expected * (1 + PollSchedule.Spread), $"{why}: {actual} instead of {expected} and up to a tenth more");
}
