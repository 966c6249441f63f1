using AlertBot.Feeds;
using AlertBot.Feeds.Hubs;
using AlertBot.Stories;
using AlertBot.Tagging;
using Microsoft.Extensions.Options;

namespace AlertBot.Polling;

/// <summary>Takes in what a feed brought: parses, identifies and tags it, and has it written. No more at once than there are processors.</summary>
internal sealed partial class FeedIntake(
    StoryDesk desk,
    FullTexts fullTexts,
    StoryTagger tagger,
    IntakeWriter writer,
    PollLedger ledger,
    IOptions<FeedsOptions> options,
    TimeProvider time,
    ILogger<FeedIntake> logger) : IDisposable
{
    // A document is many times its size while it is read.
    private readonly SemaphoreSlim _readers = new(Environment.ProcessorCount);

    public async Task<FeedReading> TakeInAsync(Feed feed, FetchResult.Fetched fetched, CancellationToken cancellationToken)
    {
        var (reading, intake) = await InTurnAsync(() => ReadAsync(feed, fetched.Document, cancellationToken), cancellationToken);
        if (reading is FeedReading.Parsed(var document))
        {
            var named = Named(feed, document);
            intake = intake! with { Admissions = await fullTexts.FillAsync(named, intake.Admissions, cancellationToken) };
            await WriteAsync(await InTurnAsync(() => Task.FromResult(Tag(named, fetched, WithLinks(document, feed, fetched), intake)), cancellationToken), cancellationToken);
        }

        return reading;
    }

    public void Dispose() => _readers.Dispose();

    // Waiting for others, such as a site, has no place in a turn.
    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _readers.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _readers.Release();
        }
    }

    private static Feed Named(Feed feed, ParsedFeed document) => feed with { Title = feed.Title ?? document.Title };

    private async Task<(FeedReading Reading, Intake? Intake)> ReadAsync(Feed feed, FeedDocument fetched, CancellationToken cancellationToken)
    {
        var reading = FeedParser.Parse(fetched);
        return (reading, reading is FeedReading.Parsed(var document) ? await desk.AdmitAsync(Named(feed, document), document.Entries, cancellationToken) : null);
    }

    private Task WriteAsync(TakenFeed taken, CancellationToken cancellationToken) => taken.HasStories
        ? writer.WriteAsync(taken, cancellationToken)
        : ledger.AddAsync(new PolledFeed(taken.Feed, taken.Outcome), cancellationToken);

    private static ParsedFeed WithLinks(ParsedFeed document, Feed feed, FetchResult.Fetched fetched) =>
        document with { Hints = LinkHeader.Complete(document.Hints, fetched.Links, fetched.Document.BaseAddress ?? feed.Address) };

    private TakenFeed Tag(Feed feed, FetchResult.Fetched fetched, ParsedFeed document, Intake intake)
    {
        var now = time.GetUtcNow();
        var (admissions, trust) = intake;
        var news = admissions.Count(a => a is Admission.New);
        Log.Polled(logger, feed.Name, admissions.Count, news, admissions.Count(a => a is Admission.Changed));
        return new TakenFeed(
            feed,
            [.. admissions.Where(a => a is not Admission.Known { Recording: Recording.Nothing }).Select(a => new TaggedAdmission(a, TagsOf(a)))],
            trust,
            OutcomeOf(feed, fetched, document, news, now));
    }

    private TaggedText? TagsOf(Admission admission) => admission.Text is { } story ? tagger.Tag(StoryText.Of(story)) : null;

    private PollOutcome OutcomeOf(Feed feed, FetchResult.Fetched fetched, ParsedFeed document, int news, DateTimeOffset now)
    {
        var learnt = feed with { Gap = FeedRhythm.Learn(feed, news, now), LastNewAt = news > 0 ? now : feed.LastNewAt, Hints = document.Hints };
        return new PollOutcome(
            PollSchedule.AfterSuccess(learnt, fetched.Freshness, options.Value.Limits, now), fetched.ETag, fetched.LastModified, Read: true, Failures: 0, Error: null)
        {
            Title = feed.Title,
            MovedTo = fetched.MovedTo,
            HasNew = news > 0,
            Gap = learnt.Gap,
            EntryCount = document.Entries.Count,
            Hints = document.Hints,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Read {Feed}: {Entries} entries, {New} new, {Changed} changed")]
        public static partial void Polled(ILogger logger, string feed, int entries, int @new, int changed);
    }
}

/// <summary>What one poll of a feed brought, ready to be written.</summary>
/// <param name="Admissions">Without those that were recorded before.</param>
internal sealed record TakenFeed(Feed Feed, IReadOnlyList<TaggedAdmission> Admissions, FeedTrust Trust, PollOutcome Outcome)
{
    private static readonly TimeSpan LongestGap = TimeSpan.FromDays(3);

    public bool HasStories => Admissions.Count > 0;

    /// <summary>
    /// Whether a new story alerts nobody. A feed's first poll is its baseline: it fills the archive. So is the first at an address that a
    /// moderator gave it, but for what is dated after the last success at the old one, within the last days.
    /// </summary>
    public bool IsOld(Story story) =>
        Feed.BaselineAt is null && !(story.ClaimedAt > Feed.SucceededAt && story.ClaimedAt > story.FirstSeenAt - LongestGap);
}

/// <param name="Tags">Null where there is no new text.</param>
internal sealed record TaggedAdmission(Admission Admission, TaggedText? Tags);
