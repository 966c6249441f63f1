namespace AlertBot.Knowledge;

/// <summary>The actors of the files with edits laid over them, in the order in which they came. A value: each edit gives another.</summary>
/// <param name="Merged">The slugs that were merged, each with the one that it means now.</param>
internal sealed record ActorOverlay(KnowledgeSnapshot Files, IReadOnlyList<Actor> Actors, IReadOnlyDictionary<string, string> Merged)
{
    /// <summary>The files alone.</summary>
    public static ActorOverlay Of(KnowledgeSnapshot files) => new(files, files.Actors, new Dictionary<string, string>());

    /// <returns>All with the edits that fit, and what keeps the others from it.</returns>
    public static (ActorOverlay With, IReadOnlyList<(int Edit, string Why)> Misfits) Of(KnowledgeSnapshot files, IReadOnlyList<ActorEdit> edits)
    {
        var (overlay, misfits) = (Of(files), new List<(int, string)>());
        for (var i = 0; i < edits.Count; i++)
        {
            var (with, faults) = overlay.With(edits[i].Slug, edits[i].To);
            overlay = with ?? overlay;
            if (with is null)
            {
                misfits.Add((i, string.Join(' ', faults)));
            }
        }

        return (overlay, misfits);
    }

    /// <param name="to">What shall be; null: it goes.</param>
    /// <returns>With the edit, or null and what keeps it from being made.</returns>
    public (ActorOverlay? With, IReadOnlyList<string> Faults) With(string slug, ActorFields? to) => (Actors.FirstOrDefault(a => a.Slug == slug), to) switch
    {
        (null, not { Kind: not null }) => (null, ["There is no such actor any more."]),
        ({ }, null) => (this with { Actors = [.. Actors.Where(a => a.Slug != slug)] }, []),
        ({ } actor, { Into: { } into }) => Merge(actor, into),
        (null, _) when Merged.ContainsKey(slug) => (null, [$"{slug} was merged into {Merged[slug]}: take that back first, or choose another name."]),
        (var actor, { } fields) => Put(fields.On(actor ?? new Actor(slug, "", ActorKind.Person, null, [], [], [], null, []))),
    };

    private (ActorOverlay? With, IReadOnlyList<string> Faults) Put(Actor actor) => FaultsOf(actor, Actors) is { Count: > 0 } faults
        ? (null, faults)
        : (this with { Actors = Actors.Any(a => a.Slug == actor.Slug) ? [.. Actors.Select(a => a.Slug == actor.Slug ? actor : a)] : [.. Actors, actor] }, []);

    private (ActorOverlay? With, IReadOnlyList<string> Faults) Merge(Actor from, string slug)
    {
        if (Actors.FirstOrDefault(a => a.Slug == slug) is not { } into)
        {
            return (null, [$"There is no actor {slug} any more to merge it into."]);
        }

        if (into == from)
        {
            return (null, [$"{from.Name} ({slug}) is named twice: name two actors."]);
        }

        if (from.Kind != into.Kind)
        {
            return (null, [$"{from.Name} is {WordOf(from.Kind)} and {into.Name} {WordOf(into.Kind)}: only actors of one kind can be merged."]);
        }

        var merged = Merged.ToDictionary(m => m.Key, m => m.Value == from.Slug ? slug : m.Value);
        merged[from.Slug] = slug;
        var one = Joined(from, into);
        Actor[] rest = [.. Actors.Where(a => a != from).Select(a => a == into ? one : Serving(a, from.Slug, slug))];
        var next = this with { Actors = rest, Merged = merged };
        return next.FaultsOf(one, rest) is { Count: > 0 } faults ? (null, faults) : (next, []);
    }

    // Its own newest office stays the last one: that one tells whose it is.
    private static Actor Joined(Actor from, Actor into) => Serving(into, from.Slug, into.Slug) with
    {
        Surname = into.Surname ?? from.Surname,
        Aliases = [.. into.Aliases.Union(from.Aliases.Prepend(from.Name).Where(name => name != into.Name))],
        Roles = [.. from.Roles.Concat(into.Roles).Where(r => r.Of != from.Slug && r.Of != into.Slug).Distinct()],
        Demonyms = [.. into.Demonyms.Union(from.Demonyms)],
        Capital = into.Capital ?? from.Capital,
        Metonyms = [.. into.Metonyms.Union(from.Metonyms)],
        Scripts = [.. into.Scripts.Union(from.Scripts)],
    };

    private static Actor Serving(Actor actor, string before, string now) =>
        actor.Roles.Any(r => r.Of == before) ? actor with { Roles = [.. actor.Roles.Select(r => r.Of == before ? r with { Of = now } : r)] } : actor;

    private IReadOnlyList<string> FaultsOf(Actor actor, IEnumerable<Actor> all) =>
        ActorRules.Faults(actor, all, a => Merged.Where(m => m.Value == a.Slug).Select(m => m.Key).Append(a.Slug).Select(Files.FindActor).OfType<Actor>());

    private static string WordOf(ActorKind kind) => kind switch
    {
        ActorKind.Person => "a person",
        ActorKind.Country => "a country",
        _ => "an organization",
    };
}
