using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Lookups;

/// <summary>The option that names one actor or topic, and the card for a name that is unknown or that several bear.</summary>
internal static class NameOption
{
    public const string Name = "name";

    private const int MostListed = 8;
    private const int MostChoices = 25;
    private const int MostOthers = 3;

    public static CommandOption Actor(KnowledgeBase knowledge) => Of("A person, organisation or country", knowledge, TagKind.Actor) with { Required = true };

    public static CommandOption Topic(KnowledgeBase knowledge) => Of("A topic", knowledge, TagKind.Topic) with { Required = true };

    public static CommandOption Any(KnowledgeBase knowledge) => new(Name, "An actor or a topic", OptionKind.Rest)
    {
        HoldsNames = true,
        Suggest = typed => knowledge.SuggestNames(typed, 25).Select(s => new Choice(new TagName(s.Kind, s.Slug).ToString(), s.Label)),
    };

    /// <summary>What a name means: an actor before a topic, unless it begins with <c>topic:</c>; else the one name that is all but surely meant.</summary>
    /// <param name="command">The line for each one who may be meant, by its name as a tag.</param>
    /// <returns>The one meant, or the card that says why there is not exactly one.</returns>
    public static (NamedTag? Found, Card? Problem) Find(string typed, KnowledgeBase knowledge, DateOnly today, Func<TagName, string> command)
    {
        var onlyTopics = typed.StartsWith("topic:", StringComparison.OrdinalIgnoreCase);
        var bare = onlyTopics ? typed["topic:".Length..] : typed;
        return (onlyTopics ? [] : knowledge.ResolveActors(bare), knowledge.ResolveTopics(bare)) switch
        {
            ([var actor], _) => (new NamedTag(new TagName(TagKind.Actor, actor.Slug), actor.Name), null),
            ([], [var topic, ..]) => (new NamedTag(new TagName(TagKind.Topic, topic.Slug), topic.Name), null),
            ([], []) => Nearest(bare, [.. knowledge.DidYouMean(bare, 10).Where(s => !onlyTopics || s.Kind == TagKind.Topic)], knowledge, command),
            var (several, _) => (null, Ambiguous(bare, several, today, command)),
        };
    }

    /// <summary>The actor that a name means, or all but surely does.</summary>
    /// <param name="command">The line for each one who may be meant.</param>
    /// <returns>The one meant, or the card that says why there is not exactly one.</returns>
    public static (NamedTag? Found, Card? Problem) FindActor(string typed, KnowledgeBase knowledge, DateOnly today, Func<TagName, string> command) => knowledge.ResolveActors(typed.Trim()) switch
    {
        [var actor] => (new NamedTag(new TagName(TagKind.Actor, actor.Slug), actor.Name), null),
        [] => Nearest(typed.Trim(), [.. knowledge.DidYouMean(typed.Trim(), 10).Where(s => s.Kind == TagKind.Actor)], knowledge, command),
        var several => (null, Ambiguous(typed.Trim(), several, today, command)),
    };

    /// <summary>Asks who of several is meant.</summary>
    /// <param name="command">The line for each of them.</param>
    public static Card Ambiguous(string typed, IReadOnlyList<Actor> candidates, DateOnly today, Func<TagName, string> command) => Card.Answer(
        $"Which {typed}?",
        new CardBlock.Items(null, [.. candidates.Take(MostListed).Select(a => new CardItem(a.Name, Detail: Offices.Latest(a, today)))]),
        new CardBlock.Paragraph(candidates.Count > MostListed ? $"{candidates.Count - MostListed} more bear that name: type more of it, or choose from the list." : "Type the whole name, or choose one.")) with
    {
        Menu = new CardMenu($"Which {typed}?", [.. candidates.Take(MostChoices).Select(a =>
            new CardAction(a.Name, command(new TagName(TagKind.Actor, a.Slug))) { Detail = Offices.Latest(a, today) })]),
    };

    public static Card Unknown(string typed, IReadOnlyList<Suggestion> close, Func<TagName, string> command) => Card.Problem(
        $"Nobody and nothing called '{typed}' is known",
        new CardBlock.Paragraph(close.Count > 0 ? $"Did you mean {string.Join(", ", close.Select(s => s.Slug))}?" : "Check the spelling, or type the first letters and choose from the list.")) with
    {
        Actions = [.. close.Take(5).Select(s => new CardAction(s.Label, command(new TagName(s.Kind, s.Slug))))],
    };

    private static (NamedTag? Found, Card? Problem) Nearest(string typed, IReadOnlyList<Suggestion> close, KnowledgeBase knowledge, Func<TagName, string> command)
    {
        if (Suggestion.Meant(typed, close) is not { } meant)
        {
            return (null, Unknown(typed, close, command));
        }

        var name = new TagName(meant.Kind, meant.Slug);
        return (new NamedTag(name, knowledge.NameOf(name)) { Guess = new NameGuess(typed, [.. close.Skip(1).Take(MostOthers).Select(s => new CardAction(s.Label, command(new TagName(s.Kind, s.Slug))))]) }, null);
    }

    private static CommandOption Of(string summary, KnowledgeBase knowledge, TagKind kind) => new(Name, summary, OptionKind.Rest)
    {
        HoldsNames = true,
        Suggest = typed => knowledge.SuggestNames(typed, int.MaxValue).Where(s => s.Kind == kind).Select(s => new Choice(s.Slug, s.Label)),
    };
}

/// <summary>An actor or topic with its name for people.</summary>
internal sealed record NamedTag(TagName Tag, string Name)
{
    /// <summary>Null where it was named exactly.</summary>
    public NameGuess? Guess { get; init; }

    /// <summary>A card about it, which says so where another name was typed, and offers those that may have been meant.</summary>
    public Card Tell(Card card) => Guess is null ? card : card with
    {
        Blocks = [new CardBlock.Paragraph($"Showing {Name} for '{Guess.Typed}'.{(Guess.Others.Count > 0 ? " The last buttons show others of a like name." : "")}"), .. card.Blocks],
        Actions = [.. card.Actions, .. Guess.Others],
    };
}

/// <summary>A name that is not known, with the others that may have been meant by it.</summary>
internal sealed record NameGuess(string Typed, IReadOnlyList<CardAction> Others);
