using System.Globalization;
using System.Text.Json;
using AlertBot.Knowledge;

namespace AlertBot.Commands.Registers;

/// <summary>
/// Entities of OpenSanctions in FollowTheMoney's JSON (https://followthemoney.tech/explorer/). Offices come from Occupancy and
/// Position, which have days; a person's bare "position" has none and only helps to tell namesakes apart.
/// </summary>
internal sealed class OpenSanctionsRegister : IRegister
{
    private static readonly string[] LeftOut = ["Occupancy", "Position"];
    private static readonly string[] OfCountries = ["jurisdiction", "country", "citizenship", "nationality", "mainCountry"];

    public string Name => "opensanctions";

    public IEnumerable<RegisterActor> Read(string file, RegisterNotes notes)
    {
        var drafts = new Dictionary<string, Draft>(StringComparer.Ordinal);
        var positions = new Dictionary<string, (string Title, string? Country)>(StringComparer.Ordinal);
        var occupancies = new List<Occupancy>();
        foreach (var (json, place) in new JsonEntities(file, notes).Read())
        {
            var entity = new Entity(json);
            if (entity.Schema == "Position" && entity.Id is { } post && entity.First("name") is { } title)
            {
                positions[post] = (title, entity.Country);
            }
            else if (entity.Schema == "Occupancy" && entity.First("holder") is { } holder && entity.First("post") is { } held)
            {
                occupancies.Add(new Occupancy(holder, held, Day("startDate", false) ?? Day("periodStart", false), Day("endDate", true) ?? Day("periodEnd", true), entity.First("status") == "ended"));
            }
            else if (DraftOf(entity, place, notes) is { } draft && !drafts.TryAdd(draft.Id, draft))
            {
                notes.Skip("told twice: the first counts", $"{draft.Id} ({place})");
            }

            notes.Count();

            DateOnly? Day(string property, bool last) => entity.First(property) is { } text ? RegisterDay.Of(text[..Math.Min(text.Length, 10)], last) : null;
        }

        var offices = occupancies.Where(held => positions.ContainsKey(held.Post) && !(held.IsOver && held.To is null) && !(held.From > held.To)).ToLookup(held => held.Holder, StringComparer.Ordinal);
        return drafts.Values.Select(draft => ActorOf(draft, offices[draft.Id].Select(held => RoleOf(held, positions[held.Post], draft)).OfType<RegisterRole>()));
    }

    private static Draft? DraftOf(Entity entity, string place, RegisterNotes notes)
    {
        ActorKind? kind = entity.Schema switch
        {
            "Person" => ActorKind.Person,
            "Organization" or "Company" or "PublicBody" => ActorKind.Organization,
            "Country" => ActorKind.Country,
            _ => null,
        };
        if (kind is null)
        {
            notes.Skip(entity.Schema is null ? "entities without a schema" : LeftOut.Contains(entity.Schema) ? $"{entity.Schema} without what it connects" : $"{entity.Schema} is neither person, organization nor country", place);
            return null;
        }

        if (entity.Id is not { } id || entity.Name is not { } name)
        {
            notes.Skip("entities without an id or a name", place);
            return null;
        }

        if (kind == ActorKind.Person && entity.All("position").Count > 0)
        {
            notes.Skip("positions without days: they would count for every story", $"{id} {name}: {entity.First("position")}");
        }

        return new Draft(
            id, entity.First("wikidataId") ?? (id is ['Q', >= '1' and <= '9', ..] ? id : null), kind.Value, name,
            [.. entity.All("name"), .. entity.All("alias"), .. entity.All("weakAlias").Where(alias => alias.Contains(' '))],
            entity.First("lastName"), entity.Country, entity.All("position"), entity.First("birthDate"), place);
    }

    private RegisterActor ActorOf(Draft draft, IEnumerable<RegisterRole> held)
    {
        var surname = draft.Kind == ActorKind.Person ? RegisterNames.Surname(draft.LastName, draft.Name) : null;
        var roles = held.Distinct().ToList();
        if (draft.Kind == ActorKind.Organization && draft.Country is not null)
        {
            roles.Add(new RegisterRole(RegisterRole.Body, new RegisterRef(null, draft.Country), null, null));
        }

        return new RegisterActor(
            draft.WikidataId is null ? [(Name, draft.Id)] : [(Name, draft.Id), ("wikidata", draft.WikidataId)],
            null, draft.Kind, draft.Name, surname, RegisterNames.Aliases(draft.Name, surname, draft.Names), roles, [], null, [],
            [.. draft.Positions, .. new[] { draft.Country, draft.BirthDate is { Length: >= 4 } day ? day[..4] : null }.OfType<string>()], draft.Place);
    }

    private static RegisterRole? RoleOf(Occupancy held, (string Title, string? Country) position, Draft draft) =>
        (position.Country ?? draft.Country) is { } of ? new RegisterRole(OfficeTitle.Of(position.Title, [of]), new RegisterRef(null, of), held.From, held.To) : null;

    private sealed record Occupancy(string Holder, string Post, DateOnly? From, DateOnly? To, bool IsOver);

    private sealed record Draft(
        string Id,
        string? WikidataId,
        ActorKind Kind,
        string Name,
        IReadOnlyList<string> Names,
        string? LastName,
        string? Country,
        IReadOnlyList<string> Positions,
        string? BirthDate,
        string Place);

    private readonly struct Entity(JsonElement json)
    {
        public string? Id => Text("id");

        public string? Schema => Text("schema");

        /// <summary>The caption, if it is not the id; else the first name in Latin letters, else the first.</summary>
        public string? Name => Text("caption") is { } caption && caption != Id ? caption : All("name").FirstOrDefault(RegisterNames.IsLatin) ?? First("name");

        /// <summary>The name of the first country that has one; an ISO code is turned into it.</summary>
        public string? Country => OfCountries.SelectMany(All).Select(CountryName).FirstOrDefault(name => name is not null);

        public string? First(string property) => All(property) is [var first, ..] ? first : null;

        public IReadOnlyList<string> All(string property) =>
            json.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(property, out var values) && values.ValueKind == JsonValueKind.Array
                ? [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => RegisterNames.Tidy(value.GetString()!)).Where(text => text.Length > 0)]
                : [];

        private string? Text(string key) => json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && RegisterNames.Tidy(value.GetString()!) is { Length: > 0 } text ? text : null;

        private static string? CountryName(string code)
        {
            if (code.Length != 2)
            {
                return code.Contains('-') || code.Length < 4 ? null : code;
            }

            try
            {
                return new RegionInfo(code.ToUpperInvariant()).EnglishName is { Length: > 2 } name ? name : null;
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }
}
