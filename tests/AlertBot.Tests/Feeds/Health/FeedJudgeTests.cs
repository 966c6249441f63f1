using AlertBot.Feeds;
using AlertBot.Feeds.Health;

namespace AlertBot.Tests.Feeds.Health;

public sealed class FeedJudgeTests
{
    private static readonly DateTimeOffset Now = new(2024, 6, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly Feed Well = new(new FeedId(1), new Uri("https://wire.example/feed"))
    {
        BaselineAt = Now.AddDays(-30), PolledAt = Now.AddMinutes(-5), SucceededAt = Now.AddMinutes(-5), LastNewAt = Now.AddHours(-1), Gap = TimeSpan.FromHours(2), EntryCount = 10, NextPollAt = Now.AddMinutes(5),
    };

    [Theory]
    [InlineData(nameof(FetchFault.Ended), 0.0, 1, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Dns), 3.9, 9, nameof(FeedMood.Failing))]
    [InlineData(nameof(FetchFault.Dns), 4.0, 2, nameof(FeedMood.Failing))]
    [InlineData(nameof(FetchFault.Dns), 4.0, 3, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Tls), 4.0, 3, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Missing), 4.0, 3, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.NotAFeed), 4.0, 3, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Challenge), 4.0, 3, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Refused), 3.9, 9, nameof(FeedMood.Failing))]
    [InlineData(nameof(FetchFault.Login), 4.0, 2, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.TooLarge), 4.0, 3, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.PrivateNetwork), 4.0, 2, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Redirects), 4.0, 3, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Own), 4.0, 3, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Site), 23.9, 9, nameof(FeedMood.Failing))]
    [InlineData(nameof(FetchFault.Site), 24.0, 9, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Slow), 23.9, 9, nameof(FeedMood.Failing))]
    [InlineData(nameof(FetchFault.Slow), 24.0, 9, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Connection), 24.0, 9, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Broken), 24.0, 9, nameof(FeedMood.Sick))]
    [InlineData(nameof(FetchFault.Pause), 47.9, 0, nameof(FeedMood.Failing))]
    [InlineData(nameof(FetchFault.Pause), 48.0, 0, nameof(FeedMood.Sick))]
    public void How_long_a_failure_has_to_last_depends_on_its_cause(string fault, double hours, int failures, string mood)
    {
        var since = Now.AddHours(-hours);
        var feed = Well with
        {
            Fault = Enum.Parse<FetchFault>(fault), Failures = failures, FailingSince = failures > 0 ? since : null, SucceededAt = since, LastError = "why",
            PausedAt = fault == nameof(FetchFault.Ended) ? since : null,
        };

        Assert.Equal(new FeedCondition(Enum.Parse<FeedMood>(mood), Ailment.Of(feed.Fault.Value), "why", since), FeedJudge.Judge(feed, null, null, Now));
    }

    [Fact]
    public void Every_cause_has_words_on_what_to_do()
    {
        var all = Enum.GetValues<FetchFault>().Select(Ailment.Of).Append(Ailment.Empty).Append(Ailment.Silent).ToList();

        Assert.Equal(all.Count, all.Select(a => a.Advice).Distinct().Count());
        Assert.All(all, a => Assert.EndsWith(".", a.Advice, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.1, 2.9, false)]
    [InlineData(0.1, 3.0, true)]
    [InlineData(2, 5.9, false)]
    [InlineData(2, 6.0, true)]
    [InlineData(30, 89, false)]
    [InlineData(30, 90, true)]
    public void A_feed_is_silent_after_three_of_its_own_gaps_but_not_for_a_weekend(double gapDays, double silentDays, bool isSilent)
    {
        var feed = Well with { Gap = TimeSpan.FromDays(gapDays), SucceededAt = Now, LastNewAt = Now.AddDays(-silentDays) };

        var condition = FeedJudge.Judge(feed, null, null, Now);

        Assert.Equal(isSilent, condition is { Mood: FeedMood.Sick } && condition.Ailment == Ailment.Silent);
        Assert.Equal(isSilent ? FeedMood.Sick : FeedMood.Well, condition.Mood);
    }

    [Fact]
    public void Silence_is_counted_up_to_the_last_time_that_the_feed_was_read()
    {
        var unread = Well with { Gap = TimeSpan.FromHours(1), SucceededAt = Now.AddDays(-9), LastNewAt = Now.AddDays(-10), NextPollAt = Now.AddDays(-9) };

        Assert.Equal(FeedMood.Well, FeedJudge.Judge(unread, null, null, Now).Mood);
        Assert.Equal(FeedMood.Sick, FeedJudge.Judge(unread with { SucceededAt = Now }, null, null, Now).Mood);
    }

    [Fact]
    public void A_feed_whose_rhythm_is_not_known_is_never_silent() =>
        Assert.Equal(FeedMood.Well, FeedJudge.Judge(Well with { Gap = null, LastNewAt = Now.AddYears(-3) }, null, null, Now).Mood);

    [Theory]
    [InlineData(0, 23, false)]
    [InlineData(0, 24, true)]
    [InlineData(1, 24, false)]
    public void A_feed_without_items_for_a_day_is_empty(int items, int hours, bool isEmpty)
    {
        var condition = FeedJudge.Judge(Well with { EntryCount = items, SucceededAt = Now }, Now.AddHours(-hours), null, Now);

        Assert.Equal(isEmpty, condition is { Mood: FeedMood.Sick } && condition.Ailment == Ailment.Empty);
    }

    [Fact]
    public void A_feed_that_should_have_been_polled_long_ago_is_not_called_sick_for_it()
    {
        var feed = Well with { Fault = FetchFault.Missing, Failures = 5, FailingSince = Now.AddDays(-3), NextPollAt = Now.AddHours(-2) };

        Assert.Equal(FeedMood.Failing, FeedJudge.Judge(feed, null, null, Now).Mood);
        Assert.Equal(FeedMood.Sick, FeedJudge.Judge(feed with { NextPollAt = Now }, null, null, Now).Mood);
    }

    [Fact]
    public void What_began_to_fail_while_the_bot_was_cut_off_is_given_the_time_anew()
    {
        var feed = Well with { Fault = FetchFault.Dns, Failures = 5, FailingSince = Now.AddHours(-9) };
        var outage = new Outage(Now.AddHours(-9.5), Now.AddHours(-3));

        Assert.Equal(FeedMood.Sick, FeedJudge.Judge(feed, null, null, Now).Mood);
        Assert.Equal(FeedMood.Failing, FeedJudge.Judge(feed, null, outage with { EndedAt = null }, Now).Mood);
        Assert.Equal(FeedMood.Failing, FeedJudge.Judge(feed, null, outage, Now).Mood);
        Assert.Equal(FeedMood.Sick, FeedJudge.Judge(feed, null, outage, Now.AddHours(1)).Mood);
        Assert.Equal(FeedMood.Sick, FeedJudge.Judge(feed with { FailingSince = Now.AddDays(-2) }, null, outage, Now).Mood);
    }

    [Fact]
    public void A_feed_that_a_moderator_paused_is_not_sick_whatever_it_had()
    {
        var feed = Well with { Fault = FetchFault.Missing, Failures = 5, FailingSince = Now.AddDays(-3), PausedAt = Now.AddDays(-1) };

        Assert.Equal(FeedMood.Paused, FeedJudge.Judge(feed, null, null, Now).Mood);
    }

    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(61, "61 seconds")]
    [InlineData(120, "2 minutes")]
    [InlineData(7_199, "119 minutes")]
    [InlineData(7_200, "2 hours")]
    [InlineData(172_800, "2 days")]
    public void A_length_of_time_is_said_in_its_largest_unit(int seconds, string said) => Assert.Equal(said, Spoken.Of(TimeSpan.FromSeconds(seconds)));
}
