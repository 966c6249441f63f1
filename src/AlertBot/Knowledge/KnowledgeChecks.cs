namespace AlertBot.Knowledge;

/// <summary>What the files allow, but somebody should look at. Functions of what was read; each answer has its place and what to do.</summary>
internal static class KnowledgeChecks
{
    // More at once, and the office has many seats, as a parliament's.
    private const int MostOverlaps = 3;

    /// <summary>Names of several actors, each told at all its bearers but the first.</summary>
    public static List<KnowledgeFault> SharedNames(IReadOnlyList<ActorEntry> actors)
    {
        var warnings = new List<KnowledgeFault>();
        foreach (var (_, bearers) in BearersByName(actors).Where(pair => pair.Value.Count > 1))
        {
            var (first, firstName) = bearers[0];
            warnings.AddRange(bearers.Skip(1).Select(bearer => new KnowledgeFault(
                bearer.Entry.File,
                bearer.Name.Line,
                $"\"{bearer.Name.Text.Trim()}\" names {first.Actor.Slug} ({first.File}:{firstName.Line}) as well as {bearer.Entry.Actor.Slug}: each story has to tell who is meant; keep it at one if the other is hardly ever called so")));
        }

        return warnings;
    }

    /// <summary>The bearers of each name, whatever its case, marks, hyphens and spaces; an actor stands there once.</summary>
    public static Dictionary<string, List<(ActorEntry Entry, YamlText Name)>> BearersByName(IReadOnlyList<ActorEntry> actors)
    {
        var bearers = new Dictionary<string, List<(ActorEntry Entry, YamlText Name)>>(StringComparer.Ordinal);
        foreach (var entry in actors)
        {
            foreach (var name in entry.Names)
            {
                if (NameKey.Of(name.Text) is not { Length: > 0 } key)
                {
                    continue;
                }

                if (!bearers.TryGetValue(key, out var those))
                {
                    bearers.Add(key, those = []);
                }

                if (those.Count == 0 || those[^1].Entry != entry)
                {
                    those.Add((entry, name));
                }
            }
        }

        return bearers;
    }

    /// <summary>Offices of persons that nothing limits in time.</summary>
    public static List<KnowledgeFault> UndatedOffices(IReadOnlyList<ActorEntry> actors) =>
    [
        .. Offices(actors).Where(office => office.Role is { From: null, To: null }).Select(office => new KnowledgeFault(
            office.Entry.File,
            office.Line,
            $"the office \"{office.Role.Title}\" of {office.Entry.Actor.Slug} has no days and counts for every story: add 'from' and, if it is over, 'to'")),
    ];

    /// <summary>Offices that two persons hold at once for more than the day of the handing over.</summary>
    public static List<KnowledgeFault> SharedOffices(IReadOnlyList<ActorEntry> actors)
    {
        var warnings = new List<KnowledgeFault>();
        var dated = Offices(actors).Where(office => office.Role is not { From: null, To: null });
        foreach (var office in dated.GroupBy(office => (office.Role.Title.ToLowerInvariant(), office.Role.Of)))
        {
            var overlaps = Overlaps([.. office.OrderBy(held => held.Role.From ?? DateOnly.MinValue)]);
            if (overlaps.Count > MostOverlaps)
            {
                var (one, two) = overlaps[0];
                warnings.Add(Warn(two, $"has {overlaps.Count + 1} holders at one time or another, as {one.Entry.Actor.Slug} ({one.Entry.File}:{one.Line}) and {two.Entry.Actor.Slug}: the title alone will name one of them; leave such offices out"));
                continue;
            }

            warnings.AddRange(overlaps.Select(pair => Warn(
                pair.Later,
                $"is held by {pair.Earlier.Entry.Actor.Slug} ({pair.Earlier.Entry.File}:{pair.Earlier.Line}) and by {pair.Later.Entry.Actor.Slug} at the same time: correct 'from' or 'to'")));
        }

        return warnings;

        static KnowledgeFault Warn(Office at, string what) => new(at.Entry.File, at.Line, $"the office \"{at.Role.Title}\" of '{at.Role.Of}' {what}");
    }

    private static List<(Office Earlier, Office Later)> Overlaps(List<Office> held)
    {
        var overlaps = new List<(Office, Office)>();
        var last = held[0];
        foreach (var office in held.Skip(1))
        {
            if (office.Entry != last.Entry && (office.Role.From ?? DateOnly.MinValue) < EndOf(last))
            {
                overlaps.Add((last, office));
            }

            last = EndOf(office) >= EndOf(last) ? office : last;
        }

        return overlaps;

        static DateOnly EndOf(Office office) => office.Role.To ?? DateOnly.MaxValue;
    }

    private static IEnumerable<Office> Offices(IReadOnlyList<ActorEntry> actors) =>
        from entry in actors
        where entry.Actor.Kind == ActorKind.Person && entry.Offices.Count == entry.Actor.Roles.Count
        from pair in entry.Actor.Roles.Zip(entry.Offices)
        select new Office(entry, pair.First, pair.Second.Line);

    private sealed record Office(ActorEntry Entry, Role Role, int Line);
}
