using System.Text.Json;
using AlertBot.Knowledge;

namespace AlertBot.Commands.Registers;

/// <summary>The rows of a query of Wikidata (https://www.w3.org/TR/sparql11-results-json/): all rows of one item are one actor.</summary>
internal static class WikidataRows
{
    private const string EntityPath = "/entity/";

    public static IEnumerable<RegisterActor> Read(JsonEntities rows, string register, RegisterNotes notes)
    {
        var actors = new Dictionary<string, List<Row>>(StringComparer.Ordinal);
        foreach (var (json, place) in rows.Read())
        {
            notes.Count();
            if (Of(json, "item") is not { } item || item.LastIndexOf(EntityPath, StringComparison.Ordinal) is not (>= 0 and var at))
            {
                notes.Skip("rows without ?item, the address of an entity", place);
                continue;
            }

            var id = item[(at + EntityPath.Length)..];
            if (!actors.TryGetValue(id, out var those))
            {
                actors.Add(id, those = []);
            }

            those.Add(RowOf(json, place));
        }

        return actors.Select(pair => ActorOf(pair.Key, pair.Value, register, notes)).OfType<RegisterActor>();
    }

    private static Row RowOf(JsonElement json, string place) => new(
        Of(json, "itemLabel"), Of(json, "itemAltLabel", "altLabel", "alias"), Of(json, "kindLabel", "kind", "instanceLabel", "instance", "classLabel"),
        Of(json, "familyNameLabel", "familyName", "surname"), Of(json, "positionLabel", "officeLabel", "position", "office"),
        Of(json, "ofLabel", "of", "jurisdictionLabel"), Of(json, "countryLabel", "country"), Of(json, "start", "from"), Of(json, "end", "to"), place);

    private static RegisterActor? ActorOf(string id, List<Row> rows, string register, RegisterNotes notes)
    {
        // Where an item has no label in the query's languages, the service gives its id.
        if (rows.Select(row => row.Label).FirstOrDefault(label => label is not null && label != id) is not { } name)
        {
            notes.Skip("no name in the languages of the query", $"{id} ({rows[0].Place})");
            return null;
        }

        var kinds = rows.Select(row => row.Kind is null ? null : WikidataKinds.Of(row.Kind)).OfType<ActorKind>().ToList();
        var kind = kinds.Contains(ActorKind.Person) ? ActorKind.Person : kinds.Contains(ActorKind.Country) ? ActorKind.Country : kinds.FirstOrDefault();
        var surname = kind == ActorKind.Person ? RegisterNames.Surname(rows.Select(row => row.FamilyName).FirstOrDefault(text => text is not null), name) : null;
        var country = rows.Select(row => row.Country).FirstOrDefault(text => text is not null);
        List<RegisterRole> roles = kind == ActorKind.Person ? [.. rows.Select(RoleOf).OfType<RegisterRole>().Distinct()]
            : kind == ActorKind.Organization && country is not null ? [new RegisterRole(RegisterRole.Body, new RegisterRef(null, country), null, null)] : [];
        var others = rows.Select(row => row.Label).Concat(rows.SelectMany(row => (row.Aliases ?? "").Split([", ", ";", "|"], StringSplitOptions.RemoveEmptyEntries)));
        return new RegisterActor(
            [(register, id)], null, kind, name, surname, RegisterNames.Aliases(name, surname, others.OfType<string>()), roles, [], null, [],
            [.. roles.Select(role => role.Title), .. new[] { country }.OfType<string>()], rows[0].Place);
    }

    private static RegisterRole? RoleOf(Row row)
    {
        if (row.Position is null || (row.Of ?? row.Country) is not { } of)
        {
            return null;
        }

        var (from, to) = (Day(row.Start, last: false), Day(row.End, last: true));
        return (row.End is not null && to is null) || from > to ? null : new RegisterRole(OfficeTitle.Of(row.Position, [of]), new RegisterRef(null, of), from, to);

        static DateOnly? Day(string? time, bool last) => time is { Length: >= 10 } ? RegisterDay.Of(time[..10], last) : null;
    }

    private static string? Of(JsonElement row, params ReadOnlySpan<string> variables)
    {
        foreach (var variable in variables)
        {
            if (row.TryGetProperty(variable, out var cell) && cell.ValueKind == JsonValueKind.Object && cell.TryGetProperty("value", out var value)
                && value.ValueKind == JsonValueKind.String && RegisterNames.Tidy(value.GetString()!) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    private sealed record Row(
        string? Label,
        string? Aliases,
        string? Kind,
        string? FamilyName,
        string? Position,
        string? Of,
        string? Country,
        string? Start,
        string? End,
        string Place);
}
