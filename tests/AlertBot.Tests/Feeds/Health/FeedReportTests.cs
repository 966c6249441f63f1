using AlertBot.Feeds;
using AlertBot.Feeds.Health;
using CsCheck;

namespace AlertBot.Tests.Feeds.Health;

public sealed class FeedReportTests
{
    private static readonly DateTimeOffset Start = new(2024, 6, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly FeedCondition Sick = new(FeedMood.Sick, Ailment.Silent, "why", Start);
    private static readonly FeedCondition Well = new(FeedMood.Well);

    [Fact]
    public void Sickness_is_told_once_and_health_once()
    {
        var told = Run([(Sick, 48), (Well, 48)]);

        Assert.Equal([(Telling.Sick, 0), (Telling.Mending, 48), (Telling.Well, 49)], told);
    }

    [Fact]
    public void A_feed_that_comes_and_goes_is_told_of_ever_more_rarely()
    {
        var month = Enumerable.Repeat(new[] { (Sick, 5), (Well, 3) }, 90).SelectMany(x => x);
        var told = Run(month).Where(t => t.Telling is Telling.Sick or Telling.Well).ToList();

        Assert.Equal([Telling.Sick, Telling.Well, Telling.Sick], told.Select(t => t.Telling));
    }

    [Fact]
    public void A_feed_that_was_well_for_a_week_begins_anew()
    {
        var told = Run([(Sick, 5), (Well, 10), (Sick, 5), (Well, 20 + 7 * 24), (Sick, 5), (Well, 10)]);

        Assert.Equal([Telling.Sick, Telling.Well, Telling.Sick, Telling.Well, Telling.Sick, Telling.Well], told.Select(t => t.Telling).Where(t => t != Telling.Mending));
    }

    [Fact]
    public void Failures_that_were_forgotten_are_no_health_before_the_feed_was_read()
    {
        var feed = new Feed(new FeedId(1), new Uri("https://wire.example/"));
        var (report, _) = new FeedReport(feed.Id).See(feed, Sick, Start);

        var unread = report.See(feed with { SucceededAt = Start.AddDays(-1) }, Well, Start.AddDays(2));
        var read = report.See(feed with { SucceededAt = Start.AddHours(1) }, Well, Start.AddHours(1));

        Assert.Equal((report, Telling.Nothing), unread);
        Assert.Equal(Telling.Mending, read.Telling);
    }

    [Fact]
    public void A_feed_that_a_moderator_paused_is_of_no_more_interest()
    {
        var feed = new Feed(new FeedId(1), new Uri("https://wire.example/"));
        var (report, _) = new FeedReport(feed.Id).See(feed, Sick, Start);

        Assert.Equal((new FeedReport(feed.Id), Telling.Dropped), report.See(feed, new FeedCondition(FeedMood.Paused), Start.AddHours(1)));
    }

    [Fact]
    public void Whatever_a_feed_does_tellings_alternate_and_are_few() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 60]).Array[1, 200].Sample(spans =>
        {
            var told = Run(spans.Select(s => (s.Item1 ? Sick : Well, s.Item2))).Where(t => t.Telling is Telling.Sick or Telling.Well).ToList();
            Assert.All(told.Zip(told.Skip(1)), pair => Assert.NotEqual(pair.First.Telling, pair.Second.Telling));
            Assert.All(told, t => Assert.True(told.Count(o => o.Hour >= t.Hour && o.Hour < t.Hour + 7 * 24) <= 9, $"More than 9 in the week from hour {t.Hour}"));
        });

    /// <summary>Looks at a feed each hour; it is read each hour, too.</summary>
    private static List<(Telling Telling, int Hour)> Run(IEnumerable<(FeedCondition Condition, int Hours)> spans)
    {
        var report = new FeedReport(new FeedId(1));
        var told = new List<(Telling, int)>();
        var hour = 0;
        foreach (var condition in spans.SelectMany(s => Enumerable.Repeat(s.Condition, s.Hours)))
        {
            var now = Start.AddHours(hour);
            (report, var telling) = report.See(new Feed(report.Feed, new Uri("https://wire.example/")) { SucceededAt = now }, condition, now);
            if (telling != Telling.Nothing)
            {
                told.Add((telling, hour));
            }

            hour++;
        }

        return told;
    }
}
