using System.Globalization;
using AlertBot.Knowledge;

namespace AlertBot.Lookups;

/// <summary>Offices in words.</summary>
internal static class Offices
{
    /// <summary>Newest first: <c>unification minister of South Korea</c> and <c>28 July 2023 to 24 July 2025</c>.</summary>
    public static IEnumerable<(string Title, string Dates)> Of(Actor actor, KnowledgeBase knowledge) => actor.Roles
        .OrderByDescending(r => r.To ?? DateOnly.MaxValue).ThenByDescending(r => r.From)
        .Select(r => ($"{(r.Title.Length > 0 ? r.Title : "of")} · {knowledge.FindActor(r.Of)?.Name ?? r.Of}", Dates(r)));

    /// <summary>The office held on a day, else the last one held.</summary>
    public static string Latest(Actor actor, DateOnly day)
    {
        var role = actor.Roles.FirstOrDefault(r => r.HeldOn(day)) ?? actor.Roles.MaxBy(r => r.To ?? DateOnly.MaxValue);
        return role switch
        {
            null or { Title: "" } => actor.Kind.ToString().ToLowerInvariant(),
            _ when role.HeldOn(day) => role.Title,
            { To: { } to } => $"{role.Title} until {to.Year.ToString(CultureInfo.InvariantCulture)}",
            _ => role.Title,
        };
    }

    private static string Dates(Role role) => (role.From, role.To) switch
    {
        ({ } from, { } to) => $"{Day(from)} to {Day(to)}",
        ({ } from, null) => $"since {Day(from)}",
        (null, { } to) => $"until {Day(to)}",
        _ => "",
    };

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
