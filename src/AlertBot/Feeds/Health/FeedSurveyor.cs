using System.Globalization;
namespace AlertBot.Feeds.Health;

/// <summary>Looks at all feeds: whoever shows how they are shows it by this one judgement.</summary>
internal sealed class FeedSurveyor(FeedStore feeds, FeedReports reports, TimeProvider time)
{
    public async Task<FeedSurvey> LookAsync(CancellationToken cancellationToken)
    {
        var (now, known, outage) = (time.GetUtcNow(), await reports.ListAsync(cancellationToken), await reports.LastOutageAsync(cancellationToken));
        var judged = (await feeds.ListAsync(cancellationToken)).Select(f => new SurveyedFeed(f, FeedJudge.Judge(f, known.GetValueOrDefault(f.Id)?.EmptySince, outage, now)));
        return new FeedSurvey(
            [.. judged.OrderBy(f => f.Condition.Mood).ThenBy(f => f.Condition.Ailment is { StillReads: true }).ThenBy(f => f.Condition.Since)],
            outage is { EndedAt: null } ? outage : null);
    }
}

/// <param name="All">The worst first: those that can't be read, then those that bring nothing, in both those that suffer longest.</param>
/// <param name="Outage">The one that lasts: then the feeds are not to blame.</param>
internal sealed record FeedSurvey(IReadOnlyList<SurveyedFeed> All, Outage? Outage)
{
    public IReadOnlyList<SurveyedFeed> Sick => [.. All.Where(f => f.Condition.Mood == FeedMood.Sick)];

    /// <summary>How many feeds there are, and how they are, in one line.</summary>
    public string Counts => string.Create(
        CultureInfo.InvariantCulture,
        $"{All.Count} {(All.Count == 1 ? "feed" : "feeds")}: {Count(FeedMood.Well)} well, {Count(FeedMood.Sick)} sick, {Count(FeedMood.Failing)} failing, {Count(FeedMood.Paused)} paused");

    public int Count(FeedMood mood) => All.Count(f => f.Condition.Mood == mood);
}

internal sealed record SurveyedFeed(Feed Feed, FeedCondition Condition);
