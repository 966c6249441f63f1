using System.Globalization;

namespace AlertBot.Knowledge;

/// <summary>
/// The keys of one mapping, checked against those that are known. Each fault goes to the list with its line; so do unknown
/// keys, unless a list of warnings takes them.
/// </summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, YamlValue> _values = new(StringComparer.Ordinal);
    private readonly string _file;
    private readonly List<KnowledgeFault> _faults;

    public YamlFields(string file, YamlMapping mapping, string[] known, List<KnowledgeFault> faults, List<KnowledgeFault>? warnings = null)
    {
        _file = file;
        _faults = faults;
        Line = mapping.Line;
        foreach (var entry in mapping.Entries)
        {
            if (!known.Contains(entry.Key))
            {
                (warnings ?? faults).Add(new KnowledgeFault(file, entry.Line, $"unknown key '{entry.Key}'{Guess(entry.Key, known)}"));
            }
            else if (!_values.TryAdd(entry.Key, entry.Value))
            {
                Fault(entry.Line, $"key '{entry.Key}' stands here twice: keep one");
            }
        }
    }

    public int Line { get; }

    public int LineOf(string key) => _values.TryGetValue(key, out var value) ? value.Line : Line;

    public void Fault(int line, string reason) => _faults.Add(new KnowledgeFault(_file, line, reason));

    /// <summary>The text of a key that must be there; empty, with a fault, where it is not.</summary>
    public string Required(string key)
    {
        var text = Optional(key, out var faulty);
        if (text is null && !faulty)
        {
            Fault(Line, $"'{key}' is missing: add it");
        }

        return text ?? "";
    }

    public string? Optional(string key) => Optional(key, out _);

    public DateOnly? Day(string key)
    {
        var text = Optional(key);
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Fault(LineOf(key), $"'{key}' is '{text}', which is no day: write it as 2023-07-28");
        return null;
    }

    /// <summary>The texts of a list with the line of each.</summary>
    public IReadOnlyList<YamlText> Texts(string key)
    {
        var texts = new List<YamlText>();
        foreach (var item in List(key))
        {
            if (item is YamlText text && text.Text.Trim().Length > 0)
            {
                texts.Add(text);
            }
            else
            {
                Fault(item.Line, $"'{key}' must hold texts that are not empty");
            }
        }

        return texts;
    }

    public IReadOnlyList<YamlValue> List(string key)
    {
        if (!_values.TryGetValue(key, out var value) || value is YamlText { IsNull: true })
        {
            return [];
        }

        if (value is YamlList list)
        {
            return list.Items;
        }

        Fault(value.Line, $"'{key}' must be a list: write [\"one\", \"two\"] or a dash before each item");
        return [];
    }

    /// <summary>The parts of a text, or of the texts of a list, between semicolons, with the line of each.</summary>
    public IReadOnlyList<YamlText> Parts(string key)
    {
        var texts = _values.TryGetValue(key, out var value) && value is YamlText { IsNull: false } one ? [one] : Texts(key);
        return [.. texts.SelectMany(text => text.Text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => text with { Text = part }))];
    }

    public IReadOnlyList<YamlEntry> Mapping(string key)
    {
        if (!Has(key))
        {
            return [];
        }

        if (_values[key] is YamlMapping mapping)
        {
            return mapping.Entries;
        }

        Fault(LineOf(key), $"'{key}' must be a mapping: write a key and a value on each line");
        return [];
    }

    public bool Has(string key) => _values.TryGetValue(key, out var value) && value is not YamlText { IsNull: true };

    /// <summary>A number above nothing; null, with a fault where it is something else, if there is none.</summary>
    public double? Number(string key, double most)
    {
        if (Optional(key) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most)
        {
            return number;
        }

        Fault(LineOf(key), string.Create(CultureInfo.InvariantCulture, $"'{key}' is '{text}': write a number above 0 and at most {most}, e.g. 0.5"));
        return null;
    }

    public bool Flag(string key)
    {
        var text = Optional(key);
        if (text is not (null or "true" or "false"))
        {
            Fault(LineOf(key), $"'{key}' is '{text}': write true or false");
        }

        return text == "true";
    }

    /// <summary>The keys and texts of a mapping.</summary>
    public IReadOnlyList<(string Key, YamlText Text)> Pairs(string key)
    {
        if (!_values.TryGetValue(key, out var value) || value is YamlText { IsNull: true })
        {
            return [];
        }

        if (value is YamlMapping mapping && mapping.Entries.All(entry => entry.Value is YamlText { Text.Length: > 0 }))
        {
            return [.. mapping.Entries.Select(entry => (entry.Key, (YamlText)entry.Value))];
        }

        Fault(value.Line, $"'{key}' must be a mapping of texts: write {{\"wikidata\": \"Q123\"}}");
        return [];
    }

    private string? Optional(string key, out bool faulty)
    {
        faulty = false;
        if (!_values.TryGetValue(key, out var value) || value is YamlText { IsNull: true })
        {
            return null;
        }

        if (value is YamlText text && text.Text.Trim().Length > 0)
        {
            return text.Text.Trim();
        }

        faulty = true;
        Fault(value.Line, $"'{key}' must be a text that is not empty");
        return null;
    }

    private static string Guess(string key, string[] known)
    {
        var nearest = known.MinBy(word => EditDistance.Between(key, word));
        return nearest is not null && EditDistance.Between(key, nearest) <= 2
            ? $": did you mean '{nearest}'?"
            : $": known are {string.Join(", ", known)}";
    }
}
