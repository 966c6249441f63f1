using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>Events in a line each, the most important first.</summary>
internal sealed class Briefing(KnowledgeBase knowledge, TagStore tags, EventStore events, SubscriptionStore subscriptions, TimeProvider time)
{
    /// <summary>More stories than these are never told of: the newest count.</summary>
    public const int MostStories = 5_000;

    private const int PageSize = 10;

    /// <summary>Those of some stories that the follows of a channel want, the muted ones left out; null where it follows nothing.</summary>
    public async Task<TaggedStories?> WantedAsync(ChannelAddress channel, IReadOnlyList<StoryId> came, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var follows = (await subscriptions.ListAsync(channel, cancellationToken)).Where(f => f.MutedUntil is null || f.MutedUntil <= now).ToList();
        if (follows.Count == 0)
        {
            return null;
        }

        var seen = await tags.NamesOfAsync(came, cancellationToken);
        return new TaggedStories([.. came.Where(s => Seen([.. seen[s]]) is var story && follows.Exists(f => f.Expression.Matches(story, [])))], seen);
    }

    /// <summary>Those of some stories with a tag that are about it; all of them where none is.</summary>
    public async Task<TaggedStories> AboutAsync(TagName name, IReadOnlyList<StoryId> stories, CancellationToken cancellationToken)
    {
        var seen = await tags.NamesOfAsync(stories, cancellationToken);
        var about = stories.Where(s => Seen([.. seen[s]]).Main.Contains(name)).ToList();
        return new TaggedStories(about.Count > 0 ? about : stories, seen);
    }

    /// <summary>A page of the events of some stories.</summary>
    /// <param name="line">The command for the same without a page.</param>
    /// <param name="heading">What stands over them.</param>
    /// <param name="from">What began before it goes on.</param>
    /// <param name="nothing">What is said where there are none.</param>
    public async Task<Card> TellAsync(string title, string line, string heading, string nothing, DateTimeOffset from, TaggedStories told, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var news = told.Stories.ToHashSet();
        var ranked = (await events.CountAsync(told.Stories, cancellationToken)).Select(e => (Event: e, Severity: e.Stories.Max(s => knowledge.Current.SeverityOf(told.Tags[s].Select(t => t.Name)))))
            .OrderByDescending(e => e.Severity).ThenByDescending(e => e.Event.Outlets).ThenByDescending(e => e.Event.Id.Value).ToList();
        var page = Pages.Of(invocation);
        // Only what is shown is read.
        var read = (await events.OfStoriesAsync([.. ranked.Skip((page - 1) * PageSize).Take(PageSize).Select(e => e.Event.Stories[0])], cancellationToken)).ToDictionary(e => e.Id);
        return ranked.Count == 0
            ? Card.Answer(title, new CardBlock.Paragraph(nothing))
            : Pages.Show(line, page, PageSize, ranked, Pages.Count(ranked.Count, "event", told.Stories.Count < MostStories), shown => Card.Answer(
                title,
                new CardBlock.Items(
                    heading, [.. shown.Where(e => read.ContainsKey(e.Event.Id)).Select(e => (Told: read[e.Event.Id], e.Severity)).Select(e => Item(e.Told, e.Severity, e.Told.At < from && !news.Contains(e.Told.Lead)))])),
                isByTime: false);
    }

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static CardItem Item(DatedEvent told, Severity severity, bool goesOn)
    {
        var item = EventLine.Of(told);
        return item with { Detail = $"{item.Detail}{(goesOn ? " · goes on" : "")}{(severity == Severity.Urgent ? " · urgent" : "")}" };
    }

    private static StoryTags Seen(IReadOnlyList<Tag> tags) => new(
        tags.Where(t => t.Salience == Salience.Main || t.Name.Kind == TagKind.Topic).Select(t => t.Name).ToHashSet(), tags.Select(t => t.Name).ToHashSet());
}

/// <param name="Tags">Of these stories, and maybe of others.</param>
internal sealed record TaggedStories(IReadOnlyList<StoryId> Stories, ILookup<StoryId, Tag> Tags);
