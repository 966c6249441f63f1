using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/timeline: the events of an actor or topic, or the stories of one event, each in a line with its time and who told it first.</summary>
internal sealed class TimelineCommand(KnowledgeBase knowledge, TagStore tags, EventStore events, StoryReferences references, TimeProvider time) : IChatCommand
{
    private const int PageSize = 12;
    private const int MostStories = 1_000;

    public CommandDescription Description { get; } = new(
        "timeline",
        "List the events of an actor or topic, or what came of one event, in time",
        NameOption.Any(knowledge) with { Summary = "An actor, a topic, or an event by the number under its alert or its link", Required = true },
        Period.SinceOption,
        Period.UntilOption,
        Pages.PageOption)
    {
        Example = "timeline north-korea since:2024",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (typed, now) = (invocation[NameOption.Name].Trim(), time.GetUtcNow());
        var (period, wrong) = Period.Of(invocation, now);
        if (wrong is not null)
        {
            return wrong;
        }

        var (found, problem) = NameOption.Find(typed, knowledge, DateOnly.FromDateTime(now.UtcDateTime), n => Line(invocation, n.ToString()));
        if (found is not null)
        {
            return found.Tell(await OfTagAsync(found, period, invocation, cancellationToken));
        }

        return await references.FindAsync(typed, invocation.Channel.ToString(), cancellationToken) switch
        {
            StoryReference.Found(var story, _) when await events.FindAsync(story, cancellationToken) is { } happening => OfEvent(happening, period, invocation),
            StoryReference.Missing(var what, var advice) when IsReference(typed) => Card.Problem(what, new CardBlock.Paragraph(advice)),
            _ => problem!,
        };
    }

    private async Task<Card> OfTagAsync(NamedTag named, Period period, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        // Who comments on everything is no part of it: where there are stories that are about somebody, only those count.
        var stories = await tags.NewestAsync(named.Tag, period.From, period.To, isMain: true, MostStories, cancellationToken);
        stories = stories.Count > 0 ? stories : await tags.NewestAsync(named.Tag, period.From, period.To, isMain: false, MostStories, cancellationToken);
        var dated = (await events.OfStoriesAsync(stories, cancellationToken)).ToList();
        CardAction[] next = [new CardAction($"Trend of {named.Name}", $"/trend {named.Tag}"), new CardAction($"Follow {named.Name}", $"/follow {named.Tag}")];
        return dated.Count == 0
            ? Card.Answer($"Timeline: {named.Name}", new CardBlock.Paragraph(period.IsAlways ? "The archive has no story about it." : "The archive has no story about it from that time.")) with { Actions = next }
            : Pages.Show(Line(invocation, named.Tag.ToString()), Pages.Of(invocation), PageSize, dated, Pages.Count(dated.Count, "event", stories.Count < MostStories), shown =>
                Card.Answer($"Timeline: {named.Name}", [.. ByDay(shown.Select(e => (e.At, EventLine.Of(e))))]) with
                {
                    Topic = named.Tag.Kind == TagKind.Topic ? named.Tag.Slug : null,
                    Actions = next,
                });
    }

    private static Card OfEvent(StoryEvent happening, Period period, CommandInvocation invocation)
    {
        var told = happening.Tellings.Where(t => t.Title.Length > 0 && t.At >= period.From && t.At < period.To).Reverse().ToList();
        return told.Count == 0
            ? Card.Answer("Timeline", new CardBlock.Paragraph("The archive has no story of this event from that time."))
            : Pages.Show(Line(invocation, invocation[NameOption.Name].Trim()), Pages.Of(invocation), PageSize, told, StoryList.Count(told.Count), shown =>
                Card.Answer(told[^1].Title, [.. ByDay(shown.Select(t => (t.At, new CardItem(t.Title, t.Link, $"{t.Source}{(t.IsCopy ? " · mostly a copy" : "")}", t.At))))]) with { Link = told[^1].Link });
    }

    private static IEnumerable<CardBlock> ByDay(IEnumerable<(DateTimeOffset At, CardItem Item)> items) =>
        items.GroupBy(i => DateOnly.FromDateTime(i.At.UtcDateTime)).Select(day => new CardBlock.Items(day.Key.ToString("ddd d MMMM yyyy", CultureInfo.InvariantCulture), [.. day.Select(i => i.Item)]));

    private static string Line(CommandInvocation invocation, string name) =>
        Pages.Line($"/timeline {name}", (Period.Since, invocation.Find(Period.Since)), (Period.Until, invocation.Find(Period.Until)));

    private static bool IsReference(string typed) => typed.All(char.IsAsciiDigit) || typed.Contains("://", StringComparison.Ordinal);
}
