using AlertBot.Feeds;
using CsCheck;

namespace AlertBot.Tests.Feeds;

/// <summary>What polls teach about a feed's own time between new items.</summary>
public sealed class FeedRhythmTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly Feed Known = new(new FeedId(1), new Uri("https://wire.example/feed")) { BaselineAt = Start, LastNewAt = Start };

    [Fact]
    public void The_first_item_after_the_baseline_is_the_first_lesson() =>
        Assert.Equal(TimeSpan.FromHours(2), FeedRhythm.Learn(Known, 1, Start.AddHours(2)));

    [Fact]
    public void Several_items_at_once_came_one_after_another() =>
        Assert.Equal(TimeSpan.FromMinutes(30), FeedRhythm.Learn(Known, 4, Start.AddHours(2)));

    [Fact]
    public void A_baseline_and_a_poll_without_news_teach_nothing()
    {
        Assert.Null(FeedRhythm.Learn(Known with { BaselineAt = null }, 50, Start.AddHours(2)));
        Assert.Equal(TimeSpan.FromHours(1), FeedRhythm.Learn(Known with { Gap = TimeSpan.FromHours(1) }, 0, Start.AddDays(9)));
    }

    [Fact]
    public void One_night_of_silence_changes_little() =>
        Assert.InRange(FeedRhythm.Learn(Known with { Gap = TimeSpan.FromMinutes(30) }, 1, Start.AddHours(10))!.Value, TimeSpan.FromMinutes(31), TimeSpan.FromMinutes(50));

    [Fact]
    public void A_new_rhythm_is_learnt_within_a_few_dozen_items()
    {
        var feed = Known with { Gap = TimeSpan.FromDays(7) };
        for (var item = 1; item <= 40; item++)
        {
            var at = Start.AddMinutes(20 * item);
            feed = feed with { Gap = FeedRhythm.Learn(feed, 1, at), LastNewAt = at };
        }

        Assert.InRange(feed.Gap!.Value, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(25));
    }

    [Fact]
    public void What_is_learnt_lies_between_what_was_known_and_what_was_seen() =>
        Gen.Select(Gen.Long[1, TimeSpan.FromDays(60).Ticks], Gen.Long[1, TimeSpan.FromDays(60).Ticks], Gen.Int[1, 200]).Sample((known, passed, items) =>
        {
            var (gap, seen) = (TimeSpan.FromTicks(known), TimeSpan.FromTicks(passed) / items);
            var learnt = FeedRhythm.Learn(Known with { Gap = gap }, items, Start + TimeSpan.FromTicks(passed))!.Value;
            Assert.InRange(learnt, Smaller(gap, seen) - TimeSpan.FromTicks(1), Larger(gap, seen) + TimeSpan.FromTicks(1));
        });

    private static TimeSpan Smaller(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Larger(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
