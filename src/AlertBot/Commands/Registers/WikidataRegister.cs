using System.Globalization;
using AlertBot.Knowledge;

namespace AlertBot.Commands.Registers;

/// <summary>Entities of Wikidata, as dumps, its web service or its query service give them.</summary>
internal sealed class WikidataRegister : IRegister
{
    // Offices point at positions, and positions at countries: each step may need what stood earlier in the file.
    private const int MostPasses = 2;

    public string Name => "wikidata";

    public IEnumerable<RegisterActor> Read(string file, RegisterNotes notes)
    {
        var entities = new JsonEntities(file, notes);
        if (entities.AreRows)
        {
            return WikidataRows.Read(entities, Name, notes);
        }

        var drafts = new Dictionary<string, Draft>(StringComparer.Ordinal);
        foreach (var (json, place) in entities.Read())
        {
            if (DraftOf(new WikidataEntity(json), place, notes) is { } draft && !drafts.TryAdd(draft.Id, draft))
            {
                notes.Skip("told twice: the first counts", $"{draft.Id} ({place})");
            }

            notes.Count();
        }

        var things = notes.Faults.Count > 0 ? [] : ReadThings(entities, drafts);
        return drafts.Values.Select(draft => ActorOf(draft, things));
    }

    private static Draft? DraftOf(WikidataEntity entity, string place, RegisterNotes notes)
    {
        if (entity.Id is not ['Q', ..] id)
        {
            notes.Skip("no item: it has no id such as Q123", place);
            return null;
        }

        if (WikidataKinds.Of(entity) is not { } kind)
        {
            notes.Skip("neither person, organization nor country", $"{id} {entity.Name} (instance of {string.Join(", ", entity.Items("P31").DefaultIfEmpty("nothing"))})");
            return null;
        }

        if (entity.Name is not { } name)
        {
            notes.Skip("no name in the languages that are read", $"{id} ({place})");
            return null;
        }

        if (kind == ActorKind.Country && entity.Has("P576"))
        {
            notes.Skip("countries that are no more", $"{id} {name}");
            return null;
        }

        return new Draft(
            id, kind, name, entity.Names, entity.Items("P734").FirstOrDefault(), kind == ActorKind.Person ? [.. entity.Offices()] : [],
            [.. kind == ActorKind.Person ? entity.Items("P27") : entity.Items("P17")], entity.Items("P36").LastOrDefault(),
            [.. entity.Monolingual("P1549", "en").Distinct(StringComparer.Ordinal)], entity.Description, entity.YearOf("P569"), place);
    }

    /// <summary>What the actors point at: their own entries, and the positions, names and places that stand in the file beside them.</summary>
    private static Dictionary<string, Thing> ReadThings(JsonEntities entities, Dictionary<string, Draft> drafts)
    {
        var things = drafts.ToDictionary(pair => pair.Key, pair => new Thing(pair.Value.Name, pair.Value.Names, null), StringComparer.Ordinal);
        var wanted = drafts.Values.SelectMany(draft => draft.PointsAt).Where(id => !things.ContainsKey(id)).ToHashSet(StringComparer.Ordinal);
        for (var pass = 0; pass < MostPasses && wanted.Count > 0; pass++)
        {
            var next = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (json, _) in entities.Read())
            {
                var entity = new WikidataEntity(json);
                if (entity.Id is { } id && wanted.Contains(id) && entity.Name is { } name)
                {
                    var of = entity.Items("P1001").Concat(entity.Items("P17")).FirstOrDefault();
                    things.TryAdd(id, new Thing(name, entity.Names, of));
                    next.UnionWith(of is null || things.ContainsKey(of) ? [] : [of]);
                }
            }

            wanted = next;
        }

        return things;
    }

    private RegisterActor ActorOf(Draft draft, Dictionary<string, Thing> things)
    {
        var surname = RegisterNames.Surname(draft.FamilyName is null ? null : NameOf(draft.FamilyName), draft.Name);
        var country = draft.Countries.Select(NameOf).FirstOrDefault(name => name is not null);
        var capital = draft.Capital is null || draft.Kind != ActorKind.Country ? null : NameOf(draft.Capital);
        List<RegisterRole> roles = [.. draft.Offices.Select(RoleOf).OfType<RegisterRole>()];
        if (draft.Kind == ActorKind.Organization && draft.Countries is [var home, ..])
        {
            roles.Add(new RegisterRole(RegisterRole.Body, new RegisterRef(home, NameOf(home)), null, null));
        }

        return new RegisterActor(
            [(Name, draft.Id)], null, draft.Kind, draft.Name, surname,
            RegisterNames.Aliases(draft.Name, surname, draft.Names),
            roles, draft.Kind == ActorKind.Country ? draft.Demonyms : [], capital, capital is null ? [] : [capital],
            [
                .. roles.Where(role => role.Title != RegisterRole.Body).Select(role => role.Title),
                .. new[] { country, draft.Description, draft.BirthYear?.ToString(CultureInfo.InvariantCulture) }.OfType<string>(),
            ],
            draft.Place);

        string? NameOf(string id) => things.GetValueOrDefault(id)?.Name;

        RegisterRole? RoleOf((string Position, string? Of, DateOnly? From, DateOnly? To) office)
        {
            var position = things.GetValueOrDefault(office.Position);
            var of = office.Of ?? position?.Of ?? (draft.Countries is [var own, ..] ? own : null);
            return position is null || of is null ? null
                : new RegisterRole(OfficeTitle.Of(position.Name, things.GetValueOrDefault(of)?.Names ?? []), new RegisterRef(of, NameOf(of)), office.From, office.To);
        }
    }

    private sealed record Draft(
        string Id,
        ActorKind Kind,
        string Name,
        IReadOnlyList<string> Names,
        string? FamilyName,
        IReadOnlyList<(string Position, string? Of, DateOnly? From, DateOnly? To)> Offices,
        IReadOnlyList<string> Countries,
        string? Capital,
        IReadOnlyList<string> Demonyms,
        string? Description,
        int? BirthYear,
        string Place)
    {
        public IEnumerable<string> PointsAt =>
            [.. Offices.Select(office => office.Position), .. Offices.Select(office => office.Of).OfType<string>(), .. Countries, .. new[] { FamilyName, Capital }.OfType<string>()];
    }

    private sealed record Thing(string Name, IReadOnlyList<string> Names, string? Of);
}
