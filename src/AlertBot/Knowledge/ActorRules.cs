namespace AlertBot.Knowledge;

/// <summary>What must hold of an actor beside the others, each fault told with what to do. A function of values.</summary>
internal static class ActorRules
{
    private const int LongestName = 100;
    private const int MostWords = 15;
    private const int MostAliases = 50;

    public static IReadOnlyList<string> Faults(Actor actor, IEnumerable<Actor> all) =>
        [.. OwnFaults(actor), .. NamesOf(actor).SelectMany(FaultsOf), .. OthersFaults(actor, all)];

    private static IEnumerable<string> OwnFaults(Actor actor)
    {
        if (actor.Name.Length == 0)
        {
            yield return "The name is empty: every actor needs one.";
        }

        if (actor.Surname is not null && actor.Kind != ActorKind.Person)
        {
            yield return $"{actor.Name} is no person: only persons have a surname. Leave it empty.";
        }

        if (actor.Aliases.Count > MostAliases)
        {
            yield return $"{actor.Aliases.Count} aliases are too many: keep {MostAliases}.";
        }
    }

    private static IEnumerable<string> FaultsOf(string name)
    {
        if (name.Length > LongestName)
        {
            yield return $"“{name[..40]}…” has {name.Length} characters: keep it to {LongestName}.";
        }
        else if (NameKey.WordsOf(name).Count is 0 or > MostWords)
        {
            yield return $"“{name}” can't be found in a text: a name has 1 to {MostWords} words of letters or digits.";
        }
    }

    private static IEnumerable<string> OthersFaults(Actor actor, IEnumerable<Actor> all)
    {
        var names = actor.Aliases.Append(actor.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var other in all.Where(other => other.Slug != actor.Slug))
        {
            var theirs = other.Aliases.Concat(other.Demonyms).Concat(other.Metonyms).Append(other.Name);
            foreach (var name in theirs.Where(names.Contains).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                yield return $"“{name}” already names {other.Name} ({other.Slug}): keep it at one of the two.";
            }
        }
    }

    private static IEnumerable<string> NamesOf(Actor actor) =>
        actor.Aliases.Prepend(actor.Name).Append(actor.Surname ?? "").Where(name => name.Length > 0).Distinct(StringComparer.Ordinal);
}
