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
    public async Task<IReadOnlyList<StoryId>?> WantedAsync(ChannelAddress channel, IReadOnlyList<StoryId> came, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var follows = (await subscriptions.ListAsync(channel, cancellationToken)).Where(f => f.MutedUntil is null || f.MutedUntil <= now).ToList();
        if (follows.Count == 0)
        {
            return null;
        }

        var seen = await tags.NamesOfAsync(came, cancellationToken);
        return [.. came.Where(s => Seen([.. seen[s]]) is var story && follows.Exists(f => f.Expression.Matches(story, [])))];
    }

    /// <summary>A page of the events of some stories.</summary>
    /// <param name="line">The command for the same without a page.</param>
    /// <param name="heading">What stands over them.</param>
    /// <param name="from">What began before it goes on.</param>
    /// <param name="nothing">What is said where there are none.</param>
    public async Task<Card> TellAsync(string title, string line, string heading, string nothing, DateTimeOffset from, IReadOnlyList<StoryId> told, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var news = told.ToHashSet();
        var dated = await events.OfStoriesAsync(told, cancellationToken);
        var named = await tags.NamesOfAsync([.. dated.Select(e => e.Lead)], cancellationToken);
        var ranked = dated.Select(e => (Event: e, Severity: knowledge.Current.SeverityOf(named[e.Lead].Select(t => t.Name))))
            .OrderByDescending(e => e.Severity).ThenByDescending(e => e.Event.Outlets).ThenByDescending(e => e.Event.At).ToList();
        return ranked.Count == 0
            ? Card.Answer(title, new CardBlock.Paragraph(nothing))
            : Pages.Show(line, Pages.Of(invocation), PageSize, ranked, Pages.Count(ranked.Count, "event", told.Count < MostStories), shown => Card.Answer(
                title, new CardBlock.Items(heading, [.. shown.Select(e => Item(e.Event, e.Severity, e.Event.At < from && !news.Contains(e.Event.Lead)))])), isByTime: false);
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
