using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Subscriptions;
using AlertBot.Tagging;

namespace AlertBot.Moderation;

/// <summary>
/// How many alerts the items of a feed would have made under the follows that there are, by the same rules that plan alerts. It rests
/// on the dates that the items carry: the last four weeks, or as far as the feed reaches back. A function of values.
/// </summary>
/// <param name="Span">The time that the counted items cover; null where no item has a date, and all of them are counted.</param>
/// <param name="Counted">Items that were counted.</param>
/// <param name="Undated">Items that were not, since they have no date or one in the future.</param>
/// <param name="Here">Alerts to the channel that asks.</param>
/// <param name="Everywhere">Alerts to all channels, that one included.</param>
/// <param name="Channels">Channels that would have got any.</param>
internal sealed record AlertForecast(TimeSpan? Span, int Counted, int Undated, int Here, int Everywhere, int Channels)
{
    /// <summary>Newest items that are looked at: the answer should come while somebody waits.</summary>
    public const int MostItems = 200;

    public static readonly TimeSpan Window = TimeSpan.FromDays(28);

    private static readonly TimeSpan ShortestSpan = TimeSpan.FromHours(1);

    /// <param name="newest">The feed's items, newest first.</param>
    /// <param name="here">The channel that asks.</param>
    public static AlertForecast Of(
        IReadOnlyList<FeedEntry> newest, Func<FeedEntry, TaggedText> tag, IReadOnlyList<Subscription> follows, ChannelAddress here, DateTimeOffset now)
    {
        var looked = newest.Take(MostItems).ToList();
        var dated = looked.Where(e => e.Claimed <= now).ToList();
        var counted = dated.Count == 0 ? looked : [.. dated.Where(e => now - e.Claimed <= Window)];
        // A follow that is muted now will not be for long.
        var matcher = new SubscriptionMatcher(follows);
        var alerts = counted.SelectMany(e => AlertPlanner.Plan(default, tag(e), matcher, DateTimeOffset.MaxValue)).ToList();
        return new AlertForecast(
            dated.Count == 0 ? null : SpanOf(dated, now),
            counted.Count,
            dated.Count == 0 ? 0 : looked.Count - dated.Count,
            alerts.Count(a => a.Channel == here),
            alerts.Count,
            alerts.DistinctBy(a => a.Channel).Count());
    }

    /// <summary>What so many alerts in the span make in a week; null where no date tells how long it took.</summary>
    public double? PerWeek(int alerts) => Span is { } span ? alerts / (span / TimeSpan.FromDays(7)) : null;

    private static TimeSpan SpanOf(List<FeedEntry> dated, DateTimeOffset now)
    {
        var reach = now - dated.Min(e => e.Claimed!.Value);
        return reach > Window ? Window : reach < ShortestSpan ? ShortestSpan : reach;
    }
}
