using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories.Search;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/search: the stories that have some words, best or newest first, each with the place where they stand.</summary>
internal sealed class SearchCommand(KnowledgeBase knowledge, FeedStore feeds, StorySearch search, TimeProvider time) : IChatCommand
{
    private const string Words = "words";
    private const string Actor = "actor";
    private const string Topic = "topic";
    private const string Source = "source";
    private const string Sort = "sort";
    private const string Page = "page";
    private const string Newest = "newest";
    private const string Best = "best";
    private const int PageSize = 6;
    private const int MostPages = 200;
    private const int MostSources = 50;
    private const int LongestTitle = 80;

    private static readonly string[] Narrowing = [Actor, Topic, Source, Period.Since, Period.Until];

    public CommandDescription Description { get; } = new(
        "search",
        "Find stories by their words: all of them, \"a phrase\", -without, this OR that, begin*",
        new CommandOption(Words, "All must stand in a story: missile \"long range\" -test, missile OR rocket, missil*", OptionKind.Rest) { Required = true },
        new CommandOption(Actor, "Only stories about this actor") { Suggest = typed => Names(knowledge, typed, TagKind.Actor) },
        new CommandOption(Topic, "Only stories of this topic") { Suggest = typed => Names(knowledge, typed, TagKind.Topic) },
        new CommandOption(Source, "Only from feeds with this name") { Suggest = typed => Named(feeds.Listed, typed).Select(f => new Choice(f.Name, f.Name)).Distinct() },
        Period.SinceOption,
        Period.UntilOption,
        new CommandOption(Sort, "best or newest; best if left out") { Suggest = _ => [new Choice(Best, "best first"), new Choice(Newest, "newest first")] },
        new CommandOption(Page, "Which page; 1 has the best or the newest", OptionKind.Integer) { Min = 1, Max = MostPages })
    {
        Example = "search \"missile test\" -satellite actor:north-korea since:2024",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (asked, problem) = await ReadAsync(invocation, cancellationToken);
        if (asked is null)
        {
            return problem!;
        }

        var page = invocation.Find(Page) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 1;
        var found = await search.FindAsync(asked.Query, asked.Order, (page - 1) * PageSize, PageSize, cancellationToken);
        var card = found.Stories.Count > 0 ? Show(invocation, asked, found, page)
            : page > 1 ? Card.Problem($"There is no page {page}", new CardBlock.Paragraph("There are not so many stories.")) with { Actions = [new CardAction("First page", Line(invocation))] }
            : Nothing(invocation, asked, found);
        return asked.Named.Aggregate(card, (told, of) => of.Tell(told));
    }

    private static Card Show(CommandInvocation invocation, Asked asked, SearchPage found, int page)
    {
        var isNewest = asked.Order == SearchOrder.Newest;
        string[] notes =
        [
            isNewest ? "Newest first" : found.IsCut ? "Best of the newest that fit" : "Best first",
            .. page > 1 || found.HasMore ? [$"page {page.ToString(CultureInfo.InvariantCulture)}"] : Array.Empty<string>(),
            .. found.IsWhole ? Array.Empty<string>() : ["the index is still being made"],
        ];
        return Card.Answer(
            Title(invocation, asked),
            new CardBlock.Items(null, [.. found.Stories.Select(s => new CardItem(s.Title, s.Link, $"{s.Source} · {SearchExcerpt.Of(s.Body, asked.Query)}".TrimEnd(' ', '·'), s.SortedAt))])) with
        {
            Footer = string.Join(" · ", notes),
            Topic = asked.Named.FirstOrDefault(n => n.Tag.Kind == TagKind.Topic)?.Tag.Slug,
            Actions =
            [
                .. page > 1 ? [Turn("Back", page - 1)] : Array.Empty<CardAction>(),
                .. found.HasMore && page < MostPages ? [Turn("More", page + 1)] : Array.Empty<CardAction>(),
                new CardAction(isNewest ? "Best first" : "Newest first", Line(invocation, (Sort, isNewest ? Best : Newest))) { Replaces = true },
            ],
        };

        CardAction Turn(string label, int to) => new(label, $"{Line(invocation)} {Page}:{to.ToString(CultureInfo.InvariantCulture)}") { Replaces = true };
    }

    private Card Nothing(CommandInvocation invocation, Asked asked, SearchPage found)
    {
        var narrowed = Narrowing.Where(o => Given(invocation, o) is not null).ToList();
        var typed = invocation[Words].Trim();
        var any = string.Join(" OR ", typed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return Card.Answer(Title(invocation, asked), new CardBlock.Paragraph(
            $"The archive has no story with {(asked.Query.Needed.Count > 1 ? "all of these words" : "this")}{(narrowed.Count > 0 ? $" within {string.Join(", ", narrowed)}" : "")}."
            + (found.IsWhole ? "" : " The index is still being made: ask again in a while."))) with
        {
            Actions =
            [
                .. narrowed.Count > 0 ? [new CardAction("Search everything", $"/search {typed}")] : Array.Empty<CardAction>(),
                .. asked.Query.Needed.Count > 1 && SearchWords.Parse(any).Query is not null ? [new CardAction("Any of the words", Line(invocation, (Words, any)))] : Array.Empty<CardAction>(),
                .. knowledge.ResolveActors(typed) is [var actor] ? [new CardAction($"Stories about {actor.Name}", $"/latest {actor.Slug}")] : Array.Empty<CardAction>(),
            ],
        };
    }

    private async Task<(Asked? Asked, Card? Problem)> ReadAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var (words, fault) = SearchWords.Parse(invocation[Words]);
        var (period, wrong) = Period.Of(invocation, now);
        var (actor, nobody) = Given(invocation, Actor) is { } a ? NameOption.FindActor(a, knowledge, today, n => Line(invocation, (Actor, n.Slug))) : default;
        var (topic, noTopic) = Given(invocation, Topic) is { } t ? NameOption.Find($"topic:{Bare(t)}", knowledge, today, n => Line(invocation, (Topic, n.Slug))) : default;
        var (sources, noSource) = Given(invocation, Source) is { } s ? Sources(s, await feeds.ListAsync(cancellationToken)) : default;
        var (order, noOrder) = OrderOf(Given(invocation, Sort));
        if (words is null || (nobody ?? noTopic ?? noSource ?? wrong ?? noOrder) is not null)
        {
            return (null, nobody ?? noTopic ?? noSource ?? wrong ?? noOrder ?? Card.Problem("Nothing was searched", new CardBlock.Paragraph(fault!)));
        }

        List<NamedTag> named = [.. new[] { actor, topic }.OfType<NamedTag>()];
        var query = words with
        {
            Marks = [.. named.Select(n => new[] { StoryMark.OfTag(TagStore.KindOf(n.Tag.Kind), n.Tag.Slug) }), .. sources is null ? Array.Empty<ulong[]>() : [sources]],
        };
        return (new Asked(StorySearch.Within(query, period.From, period.To), order, named), null);
    }

    private static (ulong[]? Marks, Card? Problem) Sources(string typed, IReadOnlyList<Feed> all) => Named(all, typed).ToList() switch
    {
        [] => (null, Card.Problem($"No feed is called '{typed}'", new CardBlock.Paragraph("Type a part of its name or address; /feed list shows them all."))),
        { Count: > MostSources } many => (null, Card.Problem($"{many.Count} feeds fit '{typed}'", new CardBlock.Paragraph($"At most {MostSources} can be searched at once: type more of the name."))),
        var few => ([.. few.Select(f => StoryMark.OfFeed(f.Id.Value))], null),
    };

    private static (SearchOrder Order, Card? Problem) OrderOf(string? typed) => typed?.ToLowerInvariant() switch
    {
        null or Best => (SearchOrder.Best, null),
        Newest => (SearchOrder.Newest, null),
        _ => (SearchOrder.Best, Card.Problem($"There is no order '{typed}'", new CardBlock.Paragraph($"{Sort} is {Best} or {Newest}."))),
    };

    private static string Title(CommandInvocation invocation, Asked asked)
    {
        var words = string.Join(' ', invocation[Words].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string?[] parts =
        [
            $"Search: {(words.Length <= LongestTitle ? words : words[..LongestTitle] + "…")}", .. asked.Named.Select(n => n.Name), Given(invocation, Source),
            Given(invocation, Period.Since) is { } since ? $"since {since}" : null, Given(invocation, Period.Until) is { } until ? $"until {until}" : null,
        ];
        return string.Join(" · ", parts.OfType<string>());
    }

    private static string Line(CommandInvocation invocation, params (string Option, string Value)[] instead)
    {
        string? Value(string option) => instead.FirstOrDefault(i => i.Option == option).Value ?? Given(invocation, option);
        return Pages.Line($"/search {Value(Words)}", [.. Narrowing.Append(Sort).Select(o => (o, Value(o)))]);
    }

    private static string? Given(CommandInvocation invocation, string option) => invocation.Find(option)?.Trim() is { Length: > 0 } value ? value : null;

    private static string Bare(string topic) => topic.StartsWith("topic:", StringComparison.OrdinalIgnoreCase) ? topic["topic:".Length..] : topic;

    private static IEnumerable<Choice> Names(KnowledgeBase knowledge, string typed, TagKind kind) =>
        knowledge.SuggestNames(typed, 50).Where(s => s.Kind == kind).Select(s => new Choice(s.Slug, s.Label));

    private static IEnumerable<Feed> Named(IReadOnlyList<Feed> feeds, string typed) =>
        feeds.Where(f => f.Name.Contains(typed, StringComparison.OrdinalIgnoreCase) || f.Address.Host.Contains(typed, StringComparison.OrdinalIgnoreCase));

    /// <param name="Named">The actor and the topic that it is narrowed to, as far as there are any.</param>
    private sealed record Asked(TextQuery Query, SearchOrder Order, IReadOnlyList<NamedTag> Named);
}
