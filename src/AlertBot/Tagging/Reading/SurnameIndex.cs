using AlertBot.Knowledge;

namespace AlertBot.Tagging.Reading;

/// <summary>The persons of the knowledge base by their family names, in every spelling that names the same family.</summary>
internal sealed class SurnameIndex
{
    private readonly Dictionary<ulong, List<Actor>> _bearers = [];
    private readonly Dictionary<ulong, List<Actor>> _calledSo = [];
    private readonly Lazy<ILookup<string, Actor>> _bySound;
    private readonly Lazy<ILookup<string, Actor>> _byFamily;

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

    /// <summary>Those whose family name is written otherwise but is the same: <c>Zelenskyy</c>, <c>Zelenskiy</c>.</summary>
    public IReadOnlyList<Actor> BearersLike(string surname) => [.. _bySound.Value[NameVariants.OfSurname(surname)]];

    /// <summary>The only person who has the full name in another spelling; null where none has, or several.</summary>
    public Actor? FindVariant(string name)
    {
        var eastAsian = NameVariants.OfEastAsian(name);
        var family = name[..(name.IndexOf(' ') is var space and > 0 ? space : name.Length)];
        var found = _byFamily.Value[NameVariants.OfFamily(family)]
            .Where(actor => NamesOf(actor).Any(other => NameVariants.OfEastAsian(other) == eastAsian)).Distinct().Take(2).ToList();
        if (found.Count == 0)
        {
            var european = NameVariants.OfEuropean(name);
            var last = name[(name.LastIndexOf(' ') + 1)..];
            found = [.. _bySound.Value[NameVariants.OfSurname(last)]
                .Where(actor => NamesOf(actor).Any(other => other.Contains(' ') && NameVariants.OfEuropean(other) == european)).Distinct().Take(2)];
        }

        return found.Count == 1 ? found[0] : null;
    }

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
