using System.Globalization;
using AlertBot.Knowledge;
using CsvHelper;
using CsvHelper.Configuration;

namespace AlertBot.Commands.Registers;

/// <summary>
/// A table with a header row (RFC 4180; commas, semicolons or tabs). Rows of the same slug, id or name are one actor with
/// several offices or aliases.
/// </summary>
internal sealed class CsvRegister : IRegister
{
    private static readonly string[] Columns =
        ["slug", "id", "name", "kind", "surname", "aliases", "role", "of", "from", "to", "country", "demonyms", "capital", "metonyms"];

    private static readonly string[] Needed = ["name", "kind"];

    private static readonly string[] Delimiters = [",", ";", "\t"];

    public string Name => "csv";

    public IEnumerable<RegisterActor> Read(string file, RegisterNotes notes)
    {
        var rows = new List<Row>();
        using (var csv = new CsvReader(new StreamReader(file), Configuration(file, notes)))
        {
            if (!Started(csv, file, notes))
            {
                return [];
            }

            while (!notes.IsHopeless && Next(csv, file, notes))
            {
                if (ReadRow(csv, file, notes) is { } row)
                {
                    rows.Add(row);
                }

                notes.Count();
            }
        }

        return rows.GroupBy(row => (row.Key, row.Kind)).Select(same => ActorOf([.. same]));
    }

    private static CsvConfiguration Configuration(string file, RegisterNotes notes)
    {
        var header = File.ReadLines(file).FirstOrDefault() ?? "";
        var delimiter = Delimiters.MaxBy(mark => header.Split(mark).Length)!;
        return new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            TrimOptions = TrimOptions.Trim,
            PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
            MissingFieldFound = null,

            // A mark within a field that does not begin with one is a mark: Dwayne "The Rock" Johnson.
            BadDataFound = bad =>
            {
                if (bad.Field.TrimStart().StartsWith('"'))
                {
                    notes.Fault(file, bad.Context.Parser!.RawRow, "the quotation marks of this row do not fit: put fields with marks in \"…\" and double the marks in them");
                }
            },
        };
    }

    private static bool Started(CsvReader csv, string file, RegisterNotes notes)
    {
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } header)
        {
            notes.Fault(file, 1, "the file is empty: give it a header row, such as name,kind,aliases");
            return false;
        }

        string[] names = [.. header.Select(name => name.Trim().ToLowerInvariant())];
        foreach (var missing in Needed.Where(column => !names.Contains(column)))
        {
            notes.Fault(file, 1, $"the header row has no column '{missing}': known columns are {string.Join(", ", Columns)}");
        }

        foreach (var twice in names.Where(name => name.Length > 0).GroupBy(name => name).Where(same => same.Count() > 1))
        {
            notes.Fault(file, 1, $"the column '{twice.Key}' stands there twice: keep one");
        }

        foreach (var unknown in names.Except(Columns).Where(name => name.Length > 0))
        {
            notes.Skip($"the column '{unknown}' is not read", $"{file}:1");
        }

        return notes.Faults.Count == 0;
    }

    private static bool Next(CsvReader csv, string file, RegisterNotes notes)
    {
        if (!csv.Read())
        {
            return false;
        }

        if (csv.Parser.Count > csv.HeaderRecord!.Length)
        {
            notes.Fault(file, csv.Parser.RawRow, $"the row has {csv.Parser.Count} fields and the header row {csv.HeaderRecord.Length}: put fields with the separator in \"…\"");
        }

        return true;
    }

    private static Row? ReadRow(CsvReader csv, string file, RegisterNotes notes)
    {
        var line = csv.Parser.RawRow;
        var faults = notes.Faults.Count;
        var name = Field("name");
        var fields = csv.Parser.Record!;
        if (fields.All(string.IsNullOrWhiteSpace) || notes.Faults.Count > faults)
        {
            return null;
        }

        if (fields.Any(field => field.Contains('\uFFFD')))
        {
            Fault("the row has characters that are no UTF-8: save the file as UTF-8");
        }

        if (name.Length == 0)
        {
            Fault("'name' is empty: every actor needs one");
        }

        if (Field("slug") is { Length: > 0 } slug && Slugs.Of(slug) != slug)
        {
            Fault($"slug '{slug}' must be small letters, digits and single hyphens, at most 100, e.g. kim-yung-ho");
        }

        var kind = KindOf(Field("kind"));
        if (kind is null)
        {
            Fault($"kind '{Field("kind")}' is unknown: use person, organization or country");
        }

        var (from, to) = (Day("from", last: false), Day("to", last: true));
        var of = Field("of") is { Length: > 0 } given ? given : Field("country");
        if (Field("role").Length > 0 && of.Length == 0)
        {
            Fault("the role has no country or body: fill the column 'of'");
        }

        if (from > to)
        {
            Fault("'from' lies after 'to': swap or correct the days");
        }

        return notes.Faults.Count > faults ? null : new Row(
            Field("slug"), Field("id"), name, kind!.Value, Field("surname"), Several("aliases"), Field("role"), of, from, to, Field("country"),
            Several("demonyms"), Field("capital"), Several("metonyms"), $"{file}:{line}");

        string Field(string column) => RegisterNames.Tidy(csv.TryGetField<string>(column, out var value) ? value ?? "" : "");

        IReadOnlyList<string> Several(string column) => [.. Field(column).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

        void Fault(string reason) => notes.Fault(file, line, reason);

        DateOnly? Day(string column, bool last)
        {
            var text = Field(column);
            var day = RegisterDay.Of(text, last);
            if (text.Length > 0 && day is null)
            {
                Fault($"'{column}' is '{text}', which is no day: write it as 2023-07-28, 2023-07 or 2023");
            }

            return day;
        }
    }

    private static ActorKind? KindOf(string kind) => kind.ToLowerInvariant() switch
    {
        "person" or "people" or "human" or "individual" => ActorKind.Person,
        "organization" or "organisation" or "org" or "company" or "body" => ActorKind.Organization,
        "country" or "state" => ActorKind.Country,
        _ => null,
    };

    private RegisterActor ActorOf(IReadOnlyList<Row> rows)
    {
        var first = rows[0];
        var surname = rows.Select(row => row.Surname).FirstOrDefault(text => text.Length > 0);
        var roles = rows.Where(row => row.Role.Length > 0).Select(row => new RegisterRole(row.Role, new RegisterRef(null, row.Of), row.From, row.To)).Distinct().ToList();
        if (first.Kind == ActorKind.Organization && roles.Count == 0 && first.Of.Length > 0)
        {
            roles.Add(new RegisterRole(RegisterRole.Body, new RegisterRef(null, first.Of), null, null));
        }

        return new RegisterActor(
            first.Slug.Length > 0 ? [] : [(Name, first.Key)],
            first.Slug.Length > 0 ? first.Slug : null,
            first.Kind,
            first.Name,
            first.Kind == ActorKind.Person ? surname : null,
            RegisterNames.Aliases(first.Name, null, rows.SelectMany(row => row.Aliases.Prepend(row.Name))),
            roles,
            [.. rows.SelectMany(row => row.Demonyms).Distinct(StringComparer.Ordinal)],
            rows.Select(row => row.Capital).FirstOrDefault(text => text.Length > 0),
            [.. rows.SelectMany(row => row.Metonyms).Distinct(StringComparer.Ordinal)],
            [.. rows.Select(row => row.Role), .. rows.Select(row => row.Country)],
            first.Place);
    }

    private sealed record Row(
        string Slug,
        string Id,
        string Name,
        ActorKind Kind,
        string Surname,
        IReadOnlyList<string> Aliases,
        string Role,
        string Of,
        DateOnly? From,
        DateOnly? To,
        string Country,
        IReadOnlyList<string> Demonyms,
        string Capital,
        IReadOnlyList<string> Metonyms,
        string Place)
    {
        public string Key => Slug.Length > 0 ? Slug : Id.Length > 0 ? Id : Name;
    }
}
