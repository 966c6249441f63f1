using System.Globalization;
using System.Text.Json;
using AlertBot.Knowledge;

namespace AlertBot.Benchmarks;

/// <summary>
/// A knowledge base of exactly so many aliases: from a file, else from what the stories mention, filled up with names made up.
/// The same input gives the same actors.
/// </summary>
internal sealed class NamedActors
{
    private readonly List<Actor> _actors = [];
    private readonly Dictionary<string, HashSet<long>> _bearers = new(StringComparer.OrdinalIgnoreCase);
    private readonly int _wanted;

    private NamedActors(int wanted) => _wanted = wanted;

    public IReadOnlyList<Actor> Actors => _actors;

    public int Aliases { get; private set; }

    public static NamedActors Read(int aliases, string? kb, string stories, IReadOnlyList<KnownStory> known) =>
        From(aliases, kb, Path.GetDirectoryName(Path.GetFullPath(stories))!, known);

    /// <summary>From the file, else all of them made up.</summary>
    public static NamedActors Read(int aliases, string? kb) => From(aliases, kb, "", []);

    private static NamedActors From(int aliases, string? kb, string folder, IReadOnlyList<KnownStory> known)
    {
        var actors = new NamedActors(aliases);
        folder = kb ?? folder;
        string[] places = Directory.Exists(folder) ? [Path.Combine(folder, "kb.jsonl"), Path.Combine(folder, "aliases.tsv")] : [folder];
        if (Array.Find(places, File.Exists) is { } file)
        {
            actors.Add(file.EndsWith(".tsv", StringComparison.Ordinal) ? FromTable(file) : FromEntities(file));
        }
        else if (kb is not null)
        {
            throw new InvalidDataException($"{kb} is neither kb.jsonl, aliases.tsv nor a folder with one of them");
        }
        else
        {
            actors.Add(FromStories(known));
        }

        actors.Add(MadeUp());
        return actors;
    }

    public static string SlugOf(long entity) => $"e{entity.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Whether the name is one of the aliases taken, and the slug that of somebody who bears it.</summary>
    public bool Bears(string slug, string alias) => _bearers.TryGetValue(alias, out var bearers) && bearers.Any(entity => SlugOf(entity) == slug);

    public bool Has(KnownMention mention) => _bearers.TryGetValue(mention.Alias, out var bearers) && bearers.Contains(mention.Entity);

    private void Add(IEnumerable<(long Id, string Type, IReadOnlyList<string> Aliases)> entities)
    {
        foreach (var (id, type, aliases) in entities)
        {
            if (Aliases >= _wanted)
            {
                return;
            }

            var taken = aliases.Take(_wanted - Aliases).ToArray();
            foreach (var alias in taken)
            {
                if (!_bearers.TryGetValue(alias, out var bearers))
                {
                    _bearers.Add(alias, bearers = []);
                }

                bearers.Add(id);
            }

            var kind = type switch { "person" => ActorKind.Person, "place" => ActorKind.Country, _ => ActorKind.Organization };
            var surname = kind == ActorKind.Person && taken[0].Contains(' ') ? taken[0][(taken[0].LastIndexOf(' ') + 1)..] : null;
            _actors.Add(new Actor(SlugOf(id), taken[0], kind, surname, taken, [], [], null, []));
            Aliases += taken.Length;
        }
    }

    private static IEnumerable<(long, string, IReadOnlyList<string>)> FromEntities(string file)
    {
        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0))
        {
            using var json = JsonDocument.Parse(line);
            var entity = json.RootElement;
            yield return (entity.GetProperty("id").GetInt64(), entity.GetProperty("type").GetString()!, [.. entity.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()!)]);
        }
    }

    private static IEnumerable<(long, string, IReadOnlyList<string>)> FromTable(string file) =>
        File.ReadLines(file).Select(line => line.Split('\t')).Where(fields => fields.Length == 2)
            .GroupBy(fields => long.Parse(fields[1], CultureInfo.InvariantCulture))
            .Select(entity => (entity.Key, TypeOf(entity.Key), (IReadOnlyList<string>)[.. entity.Select(fields => fields[0])]));

    private static IEnumerable<(long, string, IReadOnlyList<string>)> FromStories(IReadOnlyList<KnownStory> stories) =>
        stories.SelectMany(story => story.Mentions.Concat(story.Cased)).GroupBy(mention => mention.Entity)
            .Select(entity => (entity.Key, TypeOf(entity.Key), (IReadOnlyList<string>)[.. entity.Select(mention => mention.Alias).Distinct(StringComparer.Ordinal)]));

    private static string TypeOf(long entity) => (entity % 20) switch { < 11 => "person", < 18 => "org", _ => "place" };

    // A given name of three syllables and a surname of four, by the digits of a number: 12 million each.
    private static IEnumerable<(long, string, IReadOnlyList<string>)> MadeUp()
    {
        const int FirstNumber = 1_000_000_000;
        string[] starts = ["B", "D", "F", "G", "K", "L", "M", "N", "P", "R", "S", "T", "V", "Z", "Br", "Kr"];
        string[] middles = ["alo", "eni", "iru", "omba", "uske", "adri", "efa", "ilga", "onto", "uvi"];
        string[] ends = ["n", "rin", "sko", "tal", "mar", "veg", "dor", "lis"];
        for (var i = 0; ; i++)
        {
            var surname = Name(i);
            var name = $"{Name(i * 7L % 1000)} {surname}";
            yield return (FirstNumber + i, TypeOf(i), i % 3 == 0 ? [name, $"{name[0]}. {surname}", surname] : [name, surname]);
        }

        string Name(long number) =>
            $"{starts[number % starts.Length]}{middles[number / 16 % middles.Length]}{middles[number / 160 % middles.Length][1..]}{middles[number / 1600 % middles.Length][1..]}{middles[number / 16_000 % middles.Length][1..]}{ends[number / 160_000 % ends.Length]}{(number < 1_280_000 ? "" : ends[number / 1_280_000 % ends.Length])}";
    }
}
