using System.Data.Common;
using AlertBot.Feeds;
using AlertBot.Feeds.Health;
using AlertBot.Storage;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>
/// Tells the moderators' channels which feeds have fallen sick and which are well again: each once, several on one card, and
/// nothing of it while it is the bot itself that is cut off. What is told is written with the fact that it tells of, in one
/// transaction: a crash loses neither and doubles neither.
/// </summary>
internal sealed partial class FeedHealthReporter(
    FeedSurveyor surveyor, FeedReports reports, FeedNotices feedNotices, Notices notices, CommunityStore communities, Database database, TimeProvider time, ILogger<FeedHealthReporter> logger)
{
    // A shorter outage cost nothing that anybody need know of.
    private static readonly TimeSpan WorthTelling = TimeSpan.FromMinutes(30);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        // A channel that nobody chose is in no log of changes.
        await communities.LoadAsync(cancellationToken);
        var (now, survey) = (time.GetUtcNow(), await surveyor.LookAsync(cancellationToken));
        if (await IsCutOffAsync(survey, now, cancellationToken))
        {
            return;
        }

        // What an outage that has just ended excuses is excused from now on.
        var current = survey.Outage is null ? survey : await surveyor.LookAsync(cancellationToken);
        var byId = current.All.ToDictionary(f => f.Feed.Id);
        var known = await reports.ListAsync(cancellationToken);
        var seen = current.All.Select(f => See(f, known.GetValueOrDefault(f.Feed.Id), now)).ToList();
        var changed = seen.Where(s => s.Next != s.Before).Concat(Removed(known, byId)).ToList();
        var sick = seen.Where(s => s.Next.ToldAt is not null && s.Feed!.Condition.Mood == FeedMood.Sick).Select(s => s.Feed!).ToList();
        if (changed.Count > 0 || sick.Count > 0)
        {
            await database.InTransactionAsync(transaction => WriteAsync(transaction, changed, sick, byId, now), cancellationToken);
        }
    }

    private async Task<bool> IsCutOffAsync(FeedSurvey survey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch (survey.Outage, Outage.Next(survey.Outage, survey.All.Select(f => f.Feed), now))
        {
            case (null, { } begun):
                Log.CutOff(logger, begun.BeganAt);
                await reports.BeginOutageAsync(begun, cancellationToken);
                return true;
            case ({ } lasting, { EndedAt: { } ended }):
                Log.Back(logger, lasting.BeganAt);
                await database.InTransactionAsync(transaction => EndAsync(transaction, lasting, ended, survey), cancellationToken);
                return false;
            case (_, var outage):
                return outage is not null;
        }
    }

    private async Task EndAsync(DbTransaction transaction, Outage outage, DateTimeOffset ended, FeedSurvey survey)
    {
        await FeedReports.EndOutageAsync(transaction, outage, ended);
        if (ended - outage.BeganAt >= WorthTelling)
        {
            var card = FeedHealthCard.Offline(outage, ended, survey.All.Count(f => f.Feed.PausedAt is null));
            foreach (var inbox in communities.Channels)
            {
                await notices.EnqueueAsync(transaction, inbox, FeedNotice.Offline, card);
            }
        }
    }

    private static Seen See(SurveyedFeed feed, FeedReport? known, DateTimeOffset now)
    {
        var before = known ?? new FeedReport(feed.Feed.Id);
        var isEmpty = feed.Feed is { EntryCount: 0, Fault: null };
        var noted = before with { EmptySince = isEmpty ? before.EmptySince ?? feed.Feed.SucceededAt : feed.Feed.EntryCount > 0 ? null : before.EmptySince };
        var (next, telling) = noted.See(feed.Feed, feed.Condition, now);
        return new Seen(feed, before, next, telling);
    }

    private static IEnumerable<Seen> Removed(IReadOnlyDictionary<FeedId, FeedReport> known, Dictionary<FeedId, SurveyedFeed> present) =>
        known.Values.Where(r => r.ToldAt is not null && !present.ContainsKey(r.Feed)).Select(r => new Seen(null, r, r.Unsaid(), Telling.Dropped));

    private async Task WriteAsync(
        DbTransaction transaction, IReadOnlyList<Seen> changed, IReadOnlyList<SurveyedFeed> sick, IReadOnlyDictionary<FeedId, SurveyedFeed> all, DateTimeOffset now)
    {
        foreach (var seen in changed)
        {
            var isKnown = seen.Telling is not (Telling.Mending or Telling.Dropped) || await FeedNotices.WithdrawAsync(transaction, seen.Next.Feed, all, now);
            await (seen.Telling == Telling.Dropped ? FeedNotices.ForgetAsync(transaction, seen.Next.Feed) : Task.CompletedTask);
            await FeedReports.SaveAsync(transaction, isKnown || seen.Telling == Telling.Dropped ? seen.Next : seen.Next.Unsaid());
        }

        await feedNotices.TellWellAsync(transaction, [.. changed.Where(s => s.Telling == Telling.Well).Select(s => (s.Feed!.Feed, s.Before.ToldAt!.Value))], now);
        foreach (var inbox in communities.Channels)
        {
            await feedNotices.TellSickAsync(transaction, inbox, sick, now);
        }
    }

    /// <param name="Feed">Null: it was removed.</param>
    private sealed record Seen(SurveyedFeed? Feed, FeedReport Before, FeedReport Next, Telling Telling);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Nearly no feed can be reached since {Since:u}: the bot itself seems to be offline")]
        public static partial void CutOff(ILogger logger, DateTimeOffset since);

        [LoggerMessage(2, LogLevel.Information, "Feeds can be reached again. The bot was offline since {Since:u}")]
        public static partial void Back(ILogger logger, DateTimeOffset since);
    }
}
