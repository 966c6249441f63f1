using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Lookups;

/// <summary>Offices in words.</summary>
internal static class Offices
{
    private const int MostPast = 8;
    private const int MostPeople = 6;
    private const int MostBodies = 6;

    /// <summary>What is held on a day, then what was held before, newest first.</summary>
    public static IEnumerable<CardBlock> Of(Actor actor, KnowledgeSnapshot knowledge, DateOnly day)
    {
        // Who belongs to something, or is a part of it for good, holds no office there.
        var offices = actor.Roles.Where(r => r.Title.Length > 0 && (actor.Kind == ActorKind.Person || r.From is not null || r.To is not null)).ToList();
        var held = offices.Where(r => r.HeldOn(day)).OrderByDescending(r => r.From).ToList();
        var others = offices.Except(held).OrderByDescending(r => r.To ?? DateOnly.MaxValue).ThenByDescending(r => r.From).ToList();
        yield return new CardBlock.Items("Offices now", [.. held.Select(r => new CardItem(Name(r, knowledge), Detail: r.From is { } from ? $"since {Day(from)}" : r.To is { } to ? $"until {Day(to)}" : "undated"))]);
        yield return new CardBlock.Items("Offices before", [.. Past(others, knowledge)]);
    }

    /// <summary>The countries and organisations that somebody belongs to on a day, and those that are over.</summary>
    public static IEnumerable<CardFact> Affiliations(Actor actor, KnowledgeSnapshot knowledge, DateOnly day)
    {
        var now = actor.Roles.Where(r => r.HeldOn(day)).OrderByDescending(r => r.From).Select(r => Body(r, knowledge)).Distinct().ToList();
        var before = actor.Roles.OrderByDescending(r => r.To).Select(r => Body(r, knowledge)).Distinct().Except(now).ToList();
        return new[] { ("Belongs to", now), ("Belonged to", before) }.Where(a => a.Item2.Count > 0).Select(a => new CardFact(a.Item1, Some(a.Item2, MostBodies)));
    }

    /// <summary>The country that somebody or something is, or is of, itself or by the bodies that it has belonged to.</summary>
    public static IEnumerable<Actor> CountriesOf(Actor actor, KnowledgeSnapshot knowledge)
    {
        var bodies = actor.Roles.Select(r => knowledge.FindActor(r.Of)).OfType<Actor>().ToList();
        return bodies.Concat(bodies.SelectMany(b => b.Roles).Select(r => knowledge.FindActor(r.Of)).OfType<Actor>()).Prepend(actor).Where(a => a.Kind == ActorKind.Country).Distinct();
    }

    /// <summary>Who holds an office of a body, or is a part of it, on a day.</summary>
    /// <param name="stories">In how many stories somebody stands with it: the ones with most come first.</param>
    public static CardBlock PeopleOf(Actor body, KnowledgeSnapshot knowledge, DateOnly day, Func<Actor, long> stories)
    {
        var offices = knowledge.PeopleOf(body)
            .Select(a => (Actor: a, Role: a.Roles.Where(r => r.HeldOn(day) && knowledge.FindActor(r.Of) == body).MaxBy(r => r.From ?? DateOnly.MinValue)))
            .Where(p => p.Role is not null)
            .OrderByDescending(p => stories(p.Actor)).ThenByDescending(p => p.Actor.Kind == ActorKind.Person).ThenByDescending(p => p.Role!.From).ToList();
        return new CardBlock.Items(
            offices.Count > MostPeople ? $"Its people and bodies now, {MostPeople} of {offices.Count}" : "Its people and bodies now",
            [.. offices.Take(MostPeople).Select(p => new CardItem(p.Actor.Name, Detail: Line(p.Role!)))]);

        static string Line(Role role) => $"{(role.Title.Length > 0 ? role.Title : "part of it")}{(role.From is { } from ? $" since {Year(from)}" : "")}";
    }

    /// <summary>The office held on a day, else the last one held.</summary>
    public static string Latest(Actor actor, DateOnly day)
    {
        var role = actor.Roles.FirstOrDefault(r => r.HeldOn(day)) ?? actor.Roles.MaxBy(r => r.To ?? DateOnly.MaxValue);
        return role switch
        {
            null or { Title: "" } => actor.Kind.ToString().ToLowerInvariant(),
            _ when role.HeldOn(day) => role.Title,
            { To: { } to } => $"{role.Title} until {Year(to)}",
            _ => role.Title,
        };
    }

    /// <summary>The first of some things, and how many more there are.</summary>
    public static string Some(IReadOnlyCollection<string> all, int most) =>
        string.Join(", ", all.Take(most)) + (all.Count > most ? $" and {(all.Count - most).ToString(CultureInfo.InvariantCulture)} more" : "");

    private static IEnumerable<CardItem> Past(List<Role> roles, KnowledgeSnapshot knowledge)
    {
        foreach (var role in roles.Take(MostPast))
        {
            yield return new CardItem(Name(role, knowledge), Detail: Years(role));
        }

        if (roles.Count > MostPast)
        {
            yield return new CardItem($"and {(roles.Count - MostPast).ToString(CultureInfo.InvariantCulture)} more");
        }
    }

    private static string Name(Role role, KnowledgeSnapshot knowledge) => $"{role.Title} of {Body(role, knowledge)}";

    private static string Body(Role role, KnowledgeSnapshot knowledge) => knowledge.FindActor(role.Of)?.Name ?? role.Of;

    private static string? Years(Role role) => (role.From, role.To) switch
    {
        ({ } from, { } to) when from.Year == to.Year => Year(from),
        ({ } from, { } to) => $"{Year(from)} to {Year(to)}",
        ({ } from, null) => $"from {Day(from)}",
        (null, { } to) => $"until {Year(to)}",
        _ => null,
    };

    private static string Year(DateOnly day) => day.Year.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
