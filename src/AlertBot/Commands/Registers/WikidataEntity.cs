using System.Text.Json;

namespace AlertBot.Commands.Registers;

/// <summary>One entity of Wikidata's JSON (https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html). Statements marked as deprecated do not count.</summary>
internal readonly struct WikidataEntity(JsonElement json)
{
    // English first: the name for people is in the first of them that there is.
    private static readonly string[] Languages =
        ["en", "mul", "en-gb", "en-us", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "id", "vi", "ko", "ja", "zh", "zh-hans", "zh-hant", "zh-cn", "zh-tw", "ru", "uk", "ar", "fa", "he", "hi"];

    public string? Id => Text(json, "id");

    /// <summary>Null where there is none in the languages that are read.</summary>
    public string? Name
    {
        get
        {
            var labels = Labels();
            return labels.Find(RegisterNames.IsLatin) ?? labels.FirstOrDefault();
        }
    }

    public string? Description => Get(json, "descriptions", "en") is { } description ? Text(description, "value") : null;

    /// <summary>The labels, the English aliases, and what it calls itself.</summary>
    public IReadOnlyList<string> Names => [.. Labels(), .. Aliases("en"), .. Aliases("mul"), .. Monolingual("P1559"), .. Monolingual("P1705"), .. Monolingual("P1448")];

    /// <summary>The items that a property points at.</summary>
    public List<string> Items(string property) => [.. Statements(property).Select(statement => ItemOf(Get(statement, "mainsnak"))).OfType<string>()];

    public bool Has(string property) => Statements(property).Any();

    public IEnumerable<string> Monolingual(string property, string? language = null) =>
        Statements(property).Select(statement => ValueOf(Get(statement, "mainsnak")))
            .Where(value => value is { ValueKind: JsonValueKind.Object } && (language is null || Text(value.Value, "language") == language))
            .Select(value => Text(value!.Value, "text")).OfType<string>();

    public int? YearOf(string property) => Statements(property).Select(statement => DayOf(Get(statement, "mainsnak"), last: false)).FirstOrDefault(day => day is not null)?.Year;

    /// <summary>The offices held: position, country or body if it is told, and days. One that ended nobody knows when is left out.</summary>
    public IEnumerable<(string Position, string? Of, DateOnly? From, DateOnly? To)> Offices()
    {
        foreach (var statement in Statements("P39"))
        {
            if (ItemOf(Get(statement, "mainsnak")) is not { } position)
            {
                continue;
            }

            var (from, to) = (Qualifier(statement, "P580"), Qualifier(statement, "P582"));
            var (first, last) = (DayOf(from, last: false), DayOf(to, last: true));
            if ((to is null || last is not null) && !(first > last))
            {
                yield return (position, ItemOf(Qualifier(statement, "P642")) ?? ItemOf(Qualifier(statement, "P1001")), first, last);
            }
        }
    }

    private List<string> Labels()
    {
        var labels = Get(json, "labels");
        return labels is null ? [] : [.. Languages.Select(language => Get(labels.Value, language)).Select(label => label is null ? null : Text(label.Value, "value")).OfType<string>()];
    }

    private IEnumerable<string> Aliases(string language) =>
        Get(json, "aliases", language) is { ValueKind: JsonValueKind.Array } aliases ? aliases.EnumerateArray().Select(alias => Text(alias, "value")).OfType<string>() : [];

    private IEnumerable<JsonElement> Statements(string property) =>
        Get(json, "claims", property) is { ValueKind: JsonValueKind.Array } statements ? statements.EnumerateArray().Where(statement => Text(statement, "rank") != "deprecated") : [];

    private static JsonElement? Qualifier(JsonElement statement, string property) =>
        Get(statement, "qualifiers", property) is { ValueKind: JsonValueKind.Array } snaks && snaks.GetArrayLength() > 0 ? snaks[0] : null;

    private static JsonElement? ValueOf(JsonElement? snak) => snak is null ? null : Get(snak.Value, "datavalue", "value");

    private static string? ItemOf(JsonElement? snak) => ValueOf(snak) is { ValueKind: JsonValueKind.Object } value ? Text(value, "id") : null;

    // "+2017-05-14T00:00:00Z" with precision 11; 10 is a month and 9 a year, whose day is written as 00 or 01.
    private static DateOnly? DayOf(JsonElement? snak, bool last)
    {
        if (ValueOf(snak) is not { ValueKind: JsonValueKind.Object } value || Text(value, "time") is not ['+', _, _, _, _, '-', _, _, '-', _, _, ..] time)
        {
            return null;
        }

        var precision = Get(value, "precision") is { ValueKind: JsonValueKind.Number } digits ? digits.GetInt32() : 11;
        return precision < 9 ? null : RegisterDay.Of(time.Substring(1, precision switch { 9 => 4, 10 => 7, _ => 10 }), last);
    }

    private static JsonElement? Get(JsonElement of, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(key, out of))
            {
                return null;
            }
        }

        return of;
    }

    private static string? Text(JsonElement of, string key) =>
        Get(of, key) is { ValueKind: JsonValueKind.String } text && RegisterNames.Tidy(text.GetString()!) is { Length: > 0 } tidy ? tidy : null;
}
