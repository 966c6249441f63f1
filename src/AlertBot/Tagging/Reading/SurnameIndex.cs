using System.Collections.Concurrent;
using AlertBot.Knowledge;

namespace AlertBot.Tagging.Reading;

/// <summary>The persons of the knowledge base by their family names, in every spelling that names the same family.</summary>
internal sealed class SurnameIndex
{
    private readonly Dictionary<ulong, List<Actor>> _bearers = [];
    private readonly Dictionary<ulong, List<Actor>> _calledSo = [];
    private readonly Lazy<ILookup<string, Actor>> _bySound;
    private readonly Lazy<ILookup<string, Actor>> _byFamily;
    private readonly ConcurrentDictionary<string, ILookup<string, Actor>> _eastAsian = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ILookup<string, Actor>> _european = new(StringComparer.Ordinal);

    public SurnameIndex(IEnumerable<Actor> actors)
    {
        var surnames = new HashSet<string>(StringComparer.Ordinal);
        foreach (var actor in actors)
        {
            if (FamilyName.Of(actor) is { } surname)
            {
                surnames.Add(surname);
                Add(_bearers, HashOf(surname), actor);
            }

            foreach (var name in actor.Kind == ActorKind.Person ? actor.Aliases.Where(IsOneWord) : [])
            {
                Add(_calledSo, HashOf(name), actor);
                Add(_bearers, HashOf(name), actor);
            }
        }

        _bySound = new(() => By(surnames, NameVariants.OfSurname));
        _byFamily = new(() => By(surnames, NameVariants.OfFamily));
    }

    /// <summary>The last word of a family name is what a text gives of it.</summary>
    public static ulong HashOf(string surname) =>
        WordHash.Of(Tokenizer.Read(surname) is { Length: > 0 } words ? surname.AsSpan(words[^1].Start) : surname);

    public IReadOnlyList<Actor> BearersOf(ulong surname) => _bearers.GetValueOrDefault(surname) ?? [];

    /// <summary>Those whom the knowledge base itself calls by the bare word.</summary>
    public IReadOnlyList<Actor> CalledSo(ulong word) => _calledSo.GetValueOrDefault(word) ?? [];

    /// <summary>The only person who has the full name in another spelling; null where none has, or several.</summary>
    public Actor? FindVariant(string name)
    {
        var found = Named(_eastAsian, _byFamily.Value, NameVariants.OfFamily(name.Split(' ')[0]), NamesOf, NameVariants.OfEastAsian, name);
        if (found.Count == 0)
        {
            found = Named(_european, _bySound.Value, NameVariants.OfSurname(name[(name.LastIndexOf(' ') + 1)..]), actor => NamesOf(actor).Where(other => other.Contains(' ')), NameVariants.OfEuropean, name);
        }

        return found.Count == 1 ? found[0] : null;
    }

    // The names of a known family are brought to their sounds when it is first met; those of strangers are not kept.
    private static List<Actor> Named(
        ConcurrentDictionary<string, ILookup<string, Actor>> met, ILookup<string, Actor> families, string family, Func<Actor, IEnumerable<string>> names, Func<string, string> sound, string name) =>
        families.Contains(family)
            ? [.. met.GetOrAdd(family, _ => families[family].SelectMany(names, (actor, own) => (Key: sound(own), actor)).Distinct().ToLookup(pair => pair.Key, pair => pair.actor, StringComparer.Ordinal))[sound(name)]]
            : [];

    private static bool IsOneWord(string name) => !name.AsSpan().ContainsAny(" -·") && name.Length > 1 && char.IsUpper(name[0]);

    private static void Add(Dictionary<ulong, List<Actor>> index, ulong word, Actor actor)
    {
        if (!index.TryGetValue(word, out var actors))
        {
            index.Add(word, actors = []);
        }

        if (!actors.Contains(actor))
        {
            actors.Add(actor);
        }
    }

    private static IEnumerable<string> NamesOf(Actor actor) => actor.Aliases.Prepend(actor.Name);

    private ILookup<string, Actor> By(HashSet<string> surnames, Func<string, string> key) =>
        surnames.SelectMany(surname => BearersOf(HashOf(surname)), (surname, actor) => (Key: key(surname), actor)).Distinct()
            .ToLookup(pair => pair.Key, pair => pair.actor, StringComparer.Ordinal);
}
