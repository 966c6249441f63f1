using System.Data.Common;
using AlertBot.Feeds;
using AlertBot.Feeds.Health;
using AlertBot.Platforms;
using AlertBot.Subscriptions;
using Dapper;

namespace AlertBot.Moderation;

/// <summary>
/// Who is told of which sick feed, and in which notice. All that is written here is written in the caller's transaction, with the
/// fact that it tells of.
/// </summary>
internal sealed class FeedNotices(Notices notices)
{
    /// <summary>Tells a channel on one card of all those that it was not told of yet.</summary>
    public async Task TellSickAsync(DbTransaction transaction, ChannelAddress inbox, IReadOnlyList<SurveyedFeed> feeds, DateTimeOffset now)
    {
        var told = (await transaction.Connection!.QueryAsync<long>("SELECT feed_id FROM feed_report_notices WHERE inbox = @Inbox", new { Inbox = inbox.ToString() }, transaction)).ToHashSet();
        var untold = feeds.Where(f => !told.Contains(f.Feed.Id.Value)).ToList();
        if (untold.Count > 0)
        {
            var notice = await notices.EnqueueAsync(transaction, inbox, FeedNotice.Sick, FeedHealthCard.Sick(untold, now));
            await transaction.Connection!.ExecuteAsync(
                "INSERT INTO feed_report_notices (feed_id, inbox, notice_id) VALUES (@Feed, @Inbox, @Notice)",
                untold.Select(f => new { Feed = f.Feed.Id.Value, Inbox = inbox.ToString(), Notice = notice }),
                transaction);
        }
    }

    /// <summary>Takes a feed off every notice that nobody can have seen yet.</summary>
    /// <param name="others">How all feeds are now.</param>
    /// <returns>Whether somebody knows, or may know, that it is sick.</returns>
    public static async Task<bool> WithdrawAsync(DbTransaction transaction, FeedId feed, IReadOnlyDictionary<FeedId, SurveyedFeed> others, DateTimeOffset now)
    {
        var unseen = await transaction.Connection!.QueryAsync<long>(
            """
            DELETE FROM feed_report_notices WHERE feed_id = @Feed AND notice_id IN (SELECT id FROM outbox WHERE kind = 'notice' AND state = 'pending' AND attempts = 0)
            RETURNING notice_id
            """,
            new { Feed = feed.Value },
            transaction);
        foreach (var notice in unseen.ToList())
        {
            await RewriteAsync(transaction, notice, others, now);
        }

        return await transaction.Connection!.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM feed_report_notices WHERE feed_id = @Feed)", new { Feed = feed.Value }, transaction);
    }

    private static async Task RewriteAsync(DbTransaction transaction, long notice, IReadOnlyDictionary<FeedId, SurveyedFeed> all, DateTimeOffset now)
    {
        var connection = transaction.Connection!;
        var rest = await connection.QueryAsync<long>("SELECT feed_id FROM feed_report_notices WHERE notice_id = @Notice ORDER BY feed_id", new { Notice = notice }, transaction);
        var sick = rest.Select(id => all.GetValueOrDefault(new FeedId(id))).OfType<SurveyedFeed>().Where(f => f.Condition.Ailment is not null).ToList();
        // One of which nobody knows how it is falls off, too: it is told anew once that shows.
        await connection.ExecuteAsync(
            "DELETE FROM feed_report_notices WHERE notice_id = @Notice AND feed_id NOT IN @Sick", new { Notice = notice, Sick = sick.Select(f => f.Feed.Id.Value) }, transaction);
        await (sick.Count > 0 ? Notices.RewriteAsync(transaction, notice, FeedHealthCard.Sick(sick, now)) : Notices.WithdrawAsync(transaction, notice));
    }

    /// <summary>Tells everybody who was told that feeds are sick that they are well again, each channel on one card.</summary>
    /// <param name="feeds">With when it was reported sick.</param>
    public async Task TellWellAsync(DbTransaction transaction, IReadOnlyList<(Feed Feed, DateTimeOffset SickSince)> feeds, DateTimeOffset now)
    {
        var told = new List<(string Inbox, (Feed Feed, DateTimeOffset SickSince) Feed)>();
        foreach (var feed in feeds)
        {
            var inboxes = await transaction.Connection!.QueryAsync<string>(
                "SELECT r.inbox FROM feed_report_notices r JOIN outbox o ON o.id = r.notice_id WHERE r.feed_id = @Feed AND o.state IN ('pending', 'sent')",
                new { Feed = feed.Feed.Id.Value },
                transaction);
            told.AddRange(inboxes.Select(i => (i, feed)));
            await ForgetAsync(transaction, feed.Feed.Id);
        }

        foreach (var inbox in told.GroupBy(t => t.Inbox, t => t.Feed))
        {
            await notices.EnqueueAsync(transaction, ChannelAddress.Parse(inbox.Key), FeedNotice.Well, FeedHealthCard.Well([.. inbox], now));
        }
    }

    /// <summary>What becomes of a feed is no longer of interest to those who know that it is sick.</summary>
    public static Task ForgetAsync(DbTransaction transaction, FeedId feed) =>
        transaction.Connection!.ExecuteAsync("DELETE FROM feed_report_notices WHERE feed_id = @Feed", new { Feed = feed.Value }, transaction);
}
