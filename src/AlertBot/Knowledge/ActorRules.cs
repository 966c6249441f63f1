namespace AlertBot.Knowledge;

/// <summary>What must hold of an actor beside the others, each fault told with what to do. A function of values.</summary>
internal static class ActorRules
{
    private const int LongestName = 100;
    private const int MostWords = 15;
    private const int MostAliases = 50;

    /// <param name="filed">
    /// An actor as the files have it, with those that were merged into it; none if it was added. A name that the files give to two
    /// actors may be with both.
    /// </param>
    public static IReadOnlyList<string> Faults(Actor actor, IEnumerable<Actor> all, Func<Actor, IEnumerable<Actor>> filed) =>
        [.. OwnFaults(actor), .. NamesOf(actor).SelectMany(FaultsOf), .. OthersFaults(actor, all, filed)];

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

    private static IEnumerable<string> OthersFaults(Actor actor, IEnumerable<Actor> all, Func<Actor, IEnumerable<Actor>> filed)
    {
        var names = actor.Aliases.Append(actor.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var other in all.Where(other => other.Slug != actor.Slug))
        {
            foreach (var name in Borne(other).Where(names.Contains).Distinct(StringComparer.OrdinalIgnoreCase).Where(name => !IsShared(name, other)))
            {
                yield return $"“{name}” already names {other.Name} ({other.Slug}): keep it at one of the two.";
            }
        }

        bool IsShared(string name, Actor other) => filed(actor).Any(a => Bears(a, name)) && filed(other).Any(a => Bears(a, name));

        static bool Bears(Actor actor, string name) => Borne(actor).Contains(name, StringComparer.OrdinalIgnoreCase);

        static IEnumerable<string> Borne(Actor actor) => actor.Aliases.Concat(actor.Demonyms).Concat(actor.Metonyms).Append(actor.Name);
    }

    private static IEnumerable<string> NamesOf(Actor actor) =>
        actor.Aliases.Prepend(actor.Name).Append(actor.Surname ?? "").Where(name => name.Length > 0).Distinct(StringComparer.Ordinal);
}
