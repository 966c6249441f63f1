using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Feeds.Health;
using AlertBot.Platforms;
using AlertBot.Storage;
using Microsoft.Extensions.Options;

namespace AlertBot.Moderation;

/// <summary>/feed show: everything that is known of one feed, with what can be done about it. Never its login.</summary>
internal sealed class FeedShowCommand(FeedStore feeds, FeedSurveyor surveyor, FeedFigureReader figures, FeedSecrets secrets, ChangeLog log, IOptions<FeedsOptions> options, TimeProvider time) : IChatCommand
{
    private const int MostChanges = 3;

    public CommandDescription Description { get; } = new("feed show", "Show everything that is known of one feed", FeedOption.Of(feeds))
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "feed show 38 North",
    };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) =>
        FeedOption.WithFeedAsync(feeds, invocation, feed => ShowAsync(feed, cancellationToken), cancellationToken);

    private async Task<Card> ShowAsync(Feed feed, CancellationToken cancellationToken)
    {
        var condition = (await surveyor.LookAsync(cancellationToken)).All.FirstOrDefault(f => f.Feed.Id == feed.Id)?.Condition ?? new FeedCondition(FeedMood.Well);
        var known = await figures.ReadAsync(feed.Id, cancellationToken);
        var changes = await log.HistoryAsync("feed", feed.Id.ToString(), MostChanges, cancellationToken);
        return Card.Answer(
            $"{feed.Id}: {feed.Name}",
            [
                new CardBlock.Items(null, [new CardItem(feed.Address.AbsoluteUri)]),
                new CardBlock.Facts([.. Origin(feed, known), .. Health(feed, condition), .. Times(feed, known), .. Brought(feed, known), .. Ways(feed)]),
                new CardBlock.Items("Its newest story", known.NewestTitle is { } title ? [new CardItem(title, known.NewestLink, At: known.NewestAt)] : []),
                new CardBlock.Items("Last changes", [.. changes.Select(c => new CardItem(c.Summary, Detail: $"by {c.Change.By}", At: c.At))]),
            ]) with
        {
            Actions =
            [
                new CardAction("Test", $"/feed test {feed.Address.AbsoluteUri}"),
                new CardAction("Edit", $"/feed edit {feed.Id}"),
                feed.PausedAt is null ? new CardAction("Pause", $"/feed pause {feed.Id}") : new CardAction("Resume", $"/feed resume {feed.Id}"),
                new CardAction("Remove", $"/feed remove {feed.Id}"),
                new CardAction("Export", $"/feed export yaml {feed.Id}"),
            ],
        };
    }

    private static IEnumerable<CardFact> Origin(Feed feed, FeedFigures known)
    {
        yield return new CardFact("Added", $"by {feed.AddedBy}, {known.AddedAt:u}");
        if (feed.Title is null)
        {
            yield return new CardFact("Title", "none yet: its own, once it is read");
        }

        if (known.Formerly.Count > 0)
        {
            yield return new CardFact("Former addresses", string.Join(", ", known.Formerly));
        }
    }

    private static IEnumerable<CardFact> Health(Feed feed, FeedCondition condition)
    {
        yield return new CardFact("Condition", condition.Mood switch
        {
            FeedMood.Well => feed.SucceededAt is null ? "not polled yet" : "well",
            FeedMood.Paused => $"paused since {feed.PausedAt:u}{(condition.Cause is { } why ? $": {why}" : "")}",
            var mood => $"{(mood == FeedMood.Sick ? "sick" : "failing")}{(condition.Since is { } since ? $" since {since:u}" : "")}: {condition.Cause}",
        });
        if (feed.Failures > 0)
        {
            yield return new CardFact("Failures in a row", Count(feed.Failures));
        }

        if (condition.Ailment is { } ailment)
        {
            yield return new CardFact("What to do", ailment.Advice);
        }
    }

    private IEnumerable<CardFact> Times(Feed feed, FeedFigures known)
    {
        var now = time.GetUtcNow();
        yield return new CardFact("Interval", feed switch
        {
            { Interval: { } chosen } => $"{Spoken.Of(chosen)}: a moderator chose it",
            { Gap: { } gap } => $"by its own rhythm: it brings something new about every {Spoken.Of(gap)}",
            _ => $"{Spoken.Of(options.Value.Interval)}: the usual one, until its own rhythm is known",
        });
        if (Wishes(feed.Hints) is { Count: > 0 } wishes)
        {
            yield return new CardFact("Its publisher asks", string.Join(", ", wishes));
        }

        yield return new CardFact("Last poll", Ago(known.PolledAt, now));
        yield return new CardFact("Last success", Ago(feed.SucceededAt, now));
        yield return new CardFact("Next poll", feed.PausedAt is not null ? "none while it is paused" : feed.NextPollAt <= now ? "now" : $"in {Spoken.Of(feed.NextPollAt - now)}");
    }

    private static IEnumerable<CardFact> Brought(Feed feed, FeedFigures known)
    {
        yield return new CardFact("Items in its document", feed.EntryCount is { } entries ? Count(entries) : "unknown yet");
        yield return new CardFact("Stories brought", $"{Count(known.Today)} in the last day, {Count(known.Week)} in the last week, {Count(known.Total)} in all");
    }

    private static List<string> Wishes(FeedHints hints) =>
    [
        .. hints.Ttl is { } ttl ? [$"to be kept for {Spoken.Of(ttl)}"] : Array.Empty<string>(),
        .. hints.UpdatePeriod is { } period ? [$"to be asked every {Spoken.Of(period)}"] : Array.Empty<string>(),
        .. hints.SkipHours.Count > 0 ? [$"not to be asked at {string.Join(", ", hints.SkipHours.Order().Select(h => Count(h)))} o'clock UTC"] : Array.Empty<string>(),
        .. hints.SkipDays.Count > 0 ? [$"not to be asked on {string.Join(", ", hints.SkipDays.Order())}"] : Array.Empty<string>(),
    ];

    private IEnumerable<CardFact> Ways(Feed feed)
    {
        yield return new CardFact("Asked for news only", (feed.ETag, feed.LastModified) switch
        {
            (null, null) => "no: the site gives nothing to ask with",
            (not null, null) => "yes, by ETag",
            (null, not null) => "yes, by Last-Modified",
            _ => "yes, by ETag and Last-Modified",
        });
        yield return new CardFact("Hub", feed.Hub is { } hub ? $"{hub.Host}{(feed.PushedUntil > time.GetUtcNow() ? ", which pushes what is new" : "")}" : "none");
        if (secrets.Of(feed.Id) is { Count: > 0 } headers)
        {
            yield return new CardFact("Login", $"{string.Join(", ", headers.Select(h => h.Name))}: stored encrypted, sent to {headers[0].Origin} only");
        }

        yield return new CardFact("Full text", feed.FullText ? "yes: its articles are read" : "no: only what the feed says");
    }

    private static string Ago(DateTimeOffset? at, DateTimeOffset now) => at is { } then ? $"{Spoken.Of(now - then)} ago ({then:u})" : "never";

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}
