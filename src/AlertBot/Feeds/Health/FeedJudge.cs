namespace AlertBot.Feeds.Health;

/// <summary>Tells how a feed is. A function of values.</summary>
internal static class FeedJudge
{
    private const int GapsOfSilence = 3;

    // A poll that is overdue for longer says nothing of the feed: the bot was not running, or not polling.
    private static readonly TimeSpan Overdue = TimeSpan.FromHours(1);

    /// <param name="emptySince">Since when its document holds no items.</param>
    /// <param name="outage">The last time that the bot itself was cut off; what began to fail then is given the time anew.</param>
    public static FeedCondition Judge(Feed feed, DateTimeOffset? emptySince, Outage? outage, DateTimeOffset now) => feed switch
    {
        { PausedAt: { } since, Fault: FetchFault.Ended } => new(FeedMood.Sick, Ailment.Of(FetchFault.Ended), feed.LastError, since),
        { PausedAt: { } since } => new(FeedMood.Paused, null, feed.LastError, since),
        { Fault: not null } or { Failures: > 0 } => OfFailing(feed, Ailment.Of(feed.Fault ?? FetchFault.Broken), outage, now),
        { EntryCount: 0, SucceededAt: { } read } when read - emptySince >= Ailment.Empty.Patience => new(FeedMood.Sick, Ailment.Empty, "it can be read, but has no items", emptySince),
        { Gap: { } gap, SucceededAt: { } read } when (feed.LastNewAt ?? feed.BaselineAt) is { } last && read - last >= SilenceOf(gap) =>
            new(FeedMood.Sick, Ailment.Silent, $"no new item for {Spoken.Of(read - last)}; it used to bring one about every {Spoken.Of(gap)}", last),
        _ => new(FeedMood.Well),
    };

    /// <summary>After how long without a new item a feed counts as silent. Weekends are no silence.</summary>
    public static TimeSpan SilenceOf(TimeSpan gap) => gap * GapsOfSilence > Ailment.Silent.Patience ? gap * GapsOfSilence : Ailment.Silent.Patience;

    private static FeedCondition OfFailing(Feed feed, Ailment ailment, Outage? outage, DateTimeOffset now)
    {
        // A site that asks for a pause fails no poll: then the last success counts.
        var since = feed.FailingSince ?? feed.SucceededAt ?? feed.BaselineAt;
        var counted = outage is not null && since is { } began && outage.Covers(began) ? outage.EndedAt ?? now : since;
        var lasts = now - counted >= ailment.Patience && feed.Failures >= ailment.Tries && now - feed.NextPollAt <= Overdue;
        return new FeedCondition(lasts ? FeedMood.Sick : FeedMood.Failing, ailment, feed.LastError, since);
    }
}
