using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>The option that names one actor to edit, by slug or name, and the card for one that is unknown or meant by several.</summary>
internal static class ActorOption
{
    public const string Name = "actor";

    private const int MostChoices = 25;

    public static CommandOption Of(KnowledgeBase knowledge, OptionKind kind) => new(Name, "A person, organisation or country: its slug or name", kind)
    {
        Required = true,
        Suggest = typed => knowledge.SuggestNames(typed, 60).Where(s => s.Kind == TagKind.Actor).Select(s => new Choice(s.Slug, s.Label)),
    };

    /// <returns>The actor, or the card that says why there is not exactly one.</returns>
    /// <param name="command">The command that the card offers for each one who may be meant.</param>
    public static (Actor? Actor, Card? Problem) Find(string typed, KnowledgeBase knowledge, string command) => knowledge.ResolveActors(typed) switch
    {
        [var actor] => (actor, null),
        [] => (null, Unknown(typed, [.. knowledge.DidYouMean(typed, 10).Where(s => s.Kind == TagKind.Actor).Take(5)], command)),
        var several => (null, Ambiguous(typed, several, knowledge, command)),
    };

    private static Card Ambiguous(string typed, IReadOnlyList<Actor> several, KnowledgeBase knowledge, string command) => Card.Problem(
        $"Which {typed}?",
        new CardBlock.Paragraph(several.Count > MostChoices ? $"{several.Count - MostChoices} more bear that name: type more of it, or the slug." : "Choose one, or type the whole name or the slug.")) with
    {
        Menu = new CardMenu($"Which {typed}?", [.. several.Take(MostChoices).Select(a => new CardAction(a.Name, $"/{command} {a.Slug}") { Detail = knowledge.WhatIs(a) })]),
    };

    private static Card Unknown(string typed, IReadOnlyList<Suggestion> close, string command) => Card.Problem(
        $"No actor is called '{typed}'",
        new CardBlock.Paragraph(close.Count > 0 ? $"Did you mean {string.Join(", ", close.Select(s => s.Slug))}?" : "Check the spelling. Actors are added in the knowledge files.")) with
    {
        Actions = [.. close.Select(s => new CardAction(s.Label, $"/{command} {s.Slug}"))],
    };
}
