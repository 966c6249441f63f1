using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/brief: the events of a day, a week or any time, the most important first, a line each: those that the channel's follows want, or those of one actor or topic.</summary>
internal sealed class BriefCommand(KnowledgeBase knowledge, TagStore tags, StoryStore stories, EventStore events, SubscriptionStore subscriptions, TimeProvider time) : IChatCommand
{
    private const string PeriodOption = "period";
    private const int PageSize = 10;
    private const int MostStories = 5_000;

    public CommandDescription Description { get; } = new(
        "brief",
        "Sum up a day or week: the events of this channel's follows, most important first",
        new CommandOption(NameOption.Name, "An actor or topic; left out: what this channel follows") { Suggest = typed => knowledge.SuggestNames(typed, 25).Select(s => new Choice(new TagName(s.Kind, s.Slug).ToString(), s.Label)) },
        new CommandOption(PeriodOption, "day, week, month or a time such as 3d or yesterday; a day if left out") { Suggest = _ => [new("day", "the last 24 hours"), new("week", "the last 7 days"), new("month", "the last 30 days"), new("yesterday", "yesterday")] },
        Pages.PageOption)
    {
        Example = "brief north-korea week",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (name, typed, now) = (Given(invocation, NameOption.Name), Given(invocation, PeriodOption), time.GetUtcNow());
        // "/brief week": the only word is the time.
        if (typed is null && name is not null && Read(name, now) is not null)
        {
            (name, typed) = (null, name);
        }

        // What comes just now belongs to it.
        if (Read(typed ?? "day", now.AddMilliseconds(1)) is not { } period)
        {
            return Card.Problem($"“{typed}” is no time", new CardBlock.Paragraph("Write day, week, month, or how far back: 12h, 3d, 2w, yesterday, last week, 2024-05."));
        }

        if (name is null)
        {
            return await OfFollowsAsync(period, typed ?? "day", invocation, cancellationToken);
        }

        var (found, problem) = NameOption.Find(name, knowledge, DateOnly.FromDateTime(now.UtcDateTime), n => Pages.Line($"/brief {n}", (PeriodOption, typed)));
        return found is null
            ? problem!
            : found.Tell(await TellAsync(
                $"Brief: {found.Name}", Pages.Line($"/brief {found.Tag}", (PeriodOption, typed ?? "day")), await tags.NewestAsync(found.Tag, period.From, period.To, isMain: false, MostStories, cancellationToken), period, invocation, cancellationToken));
    }

    private async Task<Card> OfFollowsAsync(Period period, string typed, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var follows = (await subscriptions.ListAsync(invocation.Channel, cancellationToken)).Where(f => f.MutedUntil is null || f.MutedUntil <= now).ToList();
        if (follows.Count == 0)
        {
            return Card.Answer("This channel follows nothing", new CardBlock.Paragraph("/follow north-korea changes that; /brief north-korea sums up one actor or topic without it."));
        }

        var came = await stories.IdsBetweenAsync(period.From, period.To, MostStories, cancellationToken);
        var seen = await tags.NamesOfAsync(came, cancellationToken);
        var wanted = came.Where(s => Seen([.. seen[s]]) is var story && follows.Exists(f => f.Expression.Matches(story, []))).ToList();
        return await TellAsync("Brief: what this channel follows", Pages.Line("/brief", (PeriodOption, typed)), wanted, period, invocation, cancellationToken);
    }

    private async Task<Card> TellAsync(string title, string line, IReadOnlyList<StoryId> told, Period period, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var dated = await events.OfStoriesAsync(told, cancellationToken);
        var named = await tags.NamesOfAsync([.. dated.Select(e => e.Lead)], cancellationToken);
        var ranked = dated.Select(e => (Event: e, Severity: knowledge.Current.SeverityOf(named[e.Lead].Select(t => t.Name))))
            .OrderByDescending(e => e.Severity).ThenByDescending(e => e.Event.Outlets).ThenByDescending(e => e.Event.At).ToList();
        return ranked.Count == 0
            ? Card.Answer(title, new CardBlock.Paragraph($"Nothing came between {Moment(period.From)} and {Moment(period.To)}."))
            : Pages.Show(line, Pages.Of(invocation), PageSize, ranked, Pages.Count(ranked.Count, "event", told.Count < MostStories), shown => Card.Answer(
                title, new CardBlock.Items($"{Moment(period.From)} to {Moment(period.To)}, most important first", [.. shown.Select(e => Item(e.Event, e.Severity))])));
    }

    private static CardItem Item(DatedEvent told, Severity severity) => new(
        told.Title, told.Link, $"{told.Source}{(told.Outlets > 1 ? $" first, {told.Outlets.ToString(CultureInfo.InvariantCulture)} outlets" : "")}{(severity == Severity.Urgent ? " · urgent" : "")}", told.At);

    private static StoryTags Seen(IReadOnlyList<Tag> tags) => new(
        tags.Where(t => t.Salience == Salience.Main || t.Name.Kind == TagKind.Topic).Select(t => t.Name).ToHashSet(), tags.Select(t => t.Name).ToHashSet());

    private static Period? Read(string typed, DateTimeOffset now) => Period.Read(typed.ToLowerInvariant() switch { "day" => "24h", "week" => "7d", "month" => "30d", "year" => "12m", _ => typed }, now);

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string? Given(CommandInvocation invocation, string option) => invocation.Find(option)?.Trim() is { Length: > 0 } value ? value : null;
}
