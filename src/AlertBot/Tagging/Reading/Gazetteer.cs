using AlertBot.Knowledge;

namespace AlertBot.Tagging.Reading;

/// <summary>The knowledge base in the form in which the stages ask it. Built once, read by any number of threads.</summary>
internal sealed class Gazetteer
{
    private readonly Dictionary<string, List<(ulong[] Tail, Actor Body)>> _bodiesByOwner = new(StringComparer.Ordinal);
    private readonly HashSet<string> _buildings = new(StringComparer.Ordinal);

    /// <param name="before">What it takes the place of: of its names only those that differ are read again.</param>
    public Gazetteer(KnowledgeSnapshot knowledge, Gazetteer? before = null)
    {
        Knowledge = knowledge;
        Aliases = before?.Aliases.With(knowledge.Actors) ?? new AliasTable(knowledge.Actors);
        Offices = new OfficeTable(knowledge.Actors);
        Surnames = new SurnameIndex(knowledge.Actors);
        foreach (var actor in knowledge.Actors)
        {
            if (actor.Kind == ActorKind.Organization)
            {
                AddBody(actor);
            }
        }
    }

    public KnowledgeSnapshot Knowledge { get; }

    public AliasTable Aliases { get; }

    public OfficeTable Offices { get; }

    public SurnameIndex Surnames { get; }

    public IReadOnlyList<Actor> BearersOf(ulong surname) => Surnames.BearersOf(surname);

    /// <summary>Whether the organisation is named after a house, so that one can stand at it.</summary>
    public bool IsBuilding(Actor actor) => _buildings.Contains(actor.Slug);

    /// <summary>The country of an actor: itself, or the one that its first role belongs to in the end.</summary>
    public Actor? CountryOf(Actor actor)
    {
        var of = actor;
        for (var step = 0; step < 4 && of is not null && of.Kind != ActorKind.Country; step++)
        {
            of = of.Roles.Count == 0 ? null : Knowledge.FindActor(of.Roles[^1].Of);
        }

        return of?.Kind == ActorKind.Country ? of : null;
    }

    /// <summary>The body of a country whose name without the country stands at the token: "foreign ministry".</summary>
    public (Actor Body, int End)? BodyAt(TextReading reading, int at, Actor country)
    {
        foreach (var (tail, body) in _bodiesByOwner.GetValueOrDefault(country.Slug) ?? [])
        {
            var end = at;
            while (end - at < tail.Length && end < reading.Tokens.Length && reading.Tokens[end].Hash == tail[end - at])
            {
                end++;
            }

            if (end - at == tail.Length)
            {
                return (body, end);
            }
        }

        return null;
    }

    // What is left of "Chinese Foreign Ministry" without "Chinese" names the body wherever the country is clear.
    private void AddBody(Actor body)
    {
        if (body.Name.EndsWith(" House", StringComparison.Ordinal) || body.Name.EndsWith(" Palace", StringComparison.Ordinal) || body.Name is "Pentagon" or "Kremlin")
        {
            _buildings.Add(body.Slug);
        }

        if (CountryOf(body) is not { } owner)
        {
            return;
        }

        if (!_bodiesByOwner.TryGetValue(owner.Slug, out var bodies))
        {
            _bodiesByOwner.Add(owner.Slug, bodies = []);
        }

        foreach (var prefix in owner.Aliases.Concat(owner.Demonyms).Append(owner.Name))
        {
            foreach (var alias in body.Aliases.Append(body.Name).Where(alias => alias.StartsWith(prefix, StringComparison.Ordinal)))
            {
                var tail = Tokenizer.Read(alias[prefix.Length..].TrimStart('\'', '’', 's', ' '));
                if (tail.Length > 1)
                {
                    bodies.Add((Array.ConvertAll(tail, token => token.Hash), body));
                }
            }
        }
    }
}
