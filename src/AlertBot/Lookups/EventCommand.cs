using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/event: what is known of an event: who told it, in which order, what they agree and differ on, and what came since this channel's alert.</summary>
internal sealed class EventCommand(StoryReferences references, EventStore events, TagStore tags, KnowledgeBase knowledge) : IChatCommand
{
    private const string Option = "story";
    private const int MostOutlets = 8;
    private const int MostFigures = 6;
    private const int MostNamed = 6;

    public CommandDescription Description { get; } = new(
        "event", "Show what is known of an event: its outlets, what they agree and differ on", new CommandOption(Option, StoryReferences.Summary, OptionKind.Rest) { Required = true })
    {
        Example = "event missile east sea",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        switch (await references.FindAsync(invocation[Option], invocation.Channel.ToString(), cancellationToken))
        {
            case StoryReference.Missing(var what, var advice):
                return Card.Problem(what, new CardBlock.Paragraph(advice));
            case StoryReference.Found(var story, _) when await events.FindAsync(story, cancellationToken) is { } happening:
                return await TellAsync(happening, invocation, cancellationToken);
            default:
                return Card.Problem("This story is no longer kept", new CardBlock.Paragraph("/search and /latest show what is."));
        }
    }

    private async Task<Card> TellAsync(StoryEvent happening, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var texts = await events.TextsAsync(happening.Id, cancellationToken);
        var alerted = await events.AlertedAtAsync(happening.Id, invocation.Channel.ToString(), cancellationToken);
        var lead = happening.Tellings.FirstOrDefault(t => t.Title.Length > 0);
        var tagged = await tags.OfAsync((lead ?? happening.Tellings[0]).Story, cancellationToken);
        var figures = EventFigures.Of([.. happening.Tellings.Where(t => texts.ContainsKey(t.Story)).Select(t => (t, texts[t.Story].Text, texts[t.Story].Published))]);
        var since = happening.Tellings.Where(t => t.At > alerted && !t.IsCopy && t.Title.Length > 0).ToList();
        var main = tagged.FirstOrDefault(t => t is { Salience: Salience.Main, Name.Kind: TagKind.Actor });
        return Card.Answer(
            lead?.Title ?? "The texts of this event are no longer kept",
            new CardBlock.Facts([.. Facts(happening, tagged)]),
            new CardBlock.Items("Outlets, in the order in which they came", [.. happening.Outlets.Take(MostOutlets).Select(o => Outlet(o, happening)), .. More(happening.Outlets.Count - MostOutlets, "outlet")]),
            new CardBlock.Items("They agree on", [.. figures.Where(f => f.IsAgreed).Take(MostFigures).Select(f => new CardItem(Figure(f.What, f.Said[0].Figure), Detail: Sources(f.Said[0])))]),
            new CardBlock.Items("They differ on", [.. figures.Where(f => !f.IsAgreed).Take(MostFigures).Select(Difference)]),
            new CardBlock.Items("Since this channel's alert", [.. since.TakeLast(MostOutlets).Select(t => new CardItem(t.Title, t.Link, t.Source, t.At))])) with
        {
            Link = lead?.Link,
            At = happening.Tellings[0].At,
            Topic = tagged.FirstOrDefault(t => t.Name.Kind == TagKind.Topic)?.Name.Slug,
            Actions =
            [
                new CardAction("Timeline", $"/timeline {invocation[Option].Trim()}"),
                .. main is null ? Array.Empty<CardAction>() : [new CardAction($"Follow {knowledge.NameOf(main.Name)}", $"/follow {main.Name}")],
            ],
        };
    }

    private IEnumerable<CardFact> Facts(StoryEvent happening, IReadOnlyList<Tag> tagged)
    {
        var copies = happening.Tellings.Count(t => t.IsCopy);
        yield return new CardFact("Outlets", $"{Number(happening.Outlets.Count)}, {Number(happening.Independent)} of them independent");
        yield return new CardFact("Stories", $"{Number(happening.Tellings.Count)}{(copies == 0 ? "" : $", {Number(copies)} of them mostly copies")}");
        var names = tagged.Where(t => t.Salience == Salience.Main).Take(MostNamed).Select(t => knowledge.NameOf(t.Name)).ToList();
        if (names.Count > 0)
        {
            yield return new CardFact("About", string.Join(", ", names));
        }
    }

    private static CardItem Outlet(Telling first, StoryEvent happening)
    {
        var own = happening.Tellings.Where(t => t.Outlet == first.Outlet).ToList();
        return new CardItem(
            first.Title.Length > 0 ? first.Title : "no longer kept", first.Link, $"{first.Source}{(own.TrueForAll(t => t.IsCopy) ? " · mostly a copy" : "")}{(own.Count > 1 ? $" · {StoryList.Count(own.Count)}" : "")}", first.At);
    }

    private static IEnumerable<CardItem> More(int more, string what) => more <= 0 ? [] : [new CardItem($"and {Pages.Count(more, $"more {what}")}")];

    /// <summary>What is told differently, and by whom how.</summary>
    public static CardItem Difference(FigureOfEvent figure) => new(figure.What, Detail: string.Join("; ", figure.Said.Select(s => $"{s.Figure}: {Sources(s)}")));

    private static string Figure(string what, string figure) => what == "day" ? figure : $"{figure} {what}";

    private static string Sources(SaidFigure said) => string.Join(", ", said.By.Select(t => t.Source).Distinct());

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
