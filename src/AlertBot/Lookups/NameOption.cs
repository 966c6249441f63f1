using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Lookups;

/// <summary>The option that names one actor or topic, and the card for a name that is unknown or that several bear.</summary>
internal static class NameOption
{
    public const string Name = "name";

    private const int MaxChoices = 8;

    public static CommandOption Actor(KnowledgeBase knowledge) => Of("A person, organisation or country", knowledge, TagKind.Actor) with { Required = true };

    public static CommandOption Topic(KnowledgeBase knowledge) => Of("A topic", knowledge, TagKind.Topic) with { Required = true };

    public static CommandOption Any(KnowledgeBase knowledge) => new(Name, "An actor or a topic", OptionKind.Rest)
    {
        Suggest = typed => knowledge.SuggestNames(typed, 25).Select(s => new Choice(new TagName(s.Kind, s.Slug).ToString(), s.Label)),
    };

    public static Card Ambiguous(string typed, IReadOnlyList<Actor> candidates, string command, DateOnly today) => Card.Answer(
        $"Which {typed}?",
        new CardBlock.Items(null, [.. candidates.Take(MaxChoices).Select(a => new CardItem(a.Name, Detail: Offices.Latest(a, today)))]),
        new CardBlock.Paragraph(candidates.Count > MaxChoices ? $"{candidates.Count - MaxChoices} more bear that name: type more of it." : "Type the whole name, or press one.")) with
    {
        Actions = [.. candidates.Take(MaxChoices).Select(a => new CardAction(a.Name, $"/{command} {a.Slug}"))],
    };

    public static Card Unknown(string typed, IReadOnlyList<Suggestion> close, string command) => Card.Problem(
        $"Nobody and nothing called '{typed}' is known",
        new CardBlock.Paragraph(close.Count > 0 ? $"Did you mean {string.Join(", ", close.Select(s => s.Slug))}?" : "Check the spelling, or type the first letters and choose from the list.")) with
    {
        Actions = [.. close.Take(5).Select(s => new CardAction(s.Label, $"/{command} {s.Slug}"))],
    };

    private static CommandOption Of(string summary, KnowledgeBase knowledge, TagKind kind) => new(Name, summary, OptionKind.Rest)
    {
        Suggest = typed => knowledge.SuggestNames(typed, int.MaxValue).Where(s => s.Kind == kind).Select(s => new Choice(s.Slug, s.Label)),
    };
}
