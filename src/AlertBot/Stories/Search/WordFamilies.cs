using System.Collections.Frozen;
using AlertBot.Storage;
using AlertBot.Stories.Events;

namespace AlertBot.Stories.Search;

/// <summary>
/// Words of English that mean the same to one who asks, where their ends don't show it: forms of irregular verbs, what is done and the doing of it,
/// a country and its people, a number and its figure. Who asks "when did he die" is answered by "his death in May".
/// </summary>
internal static class WordFamilies
{
    private const int LongestName = 3;

    private static readonly FrozenDictionary<string, TextPhrase[]> ByName = Read();
    private static readonly FrozenDictionary<string, string[]> Near = ReadNear();

    /// <summary>The words of a text as things to look for: several that are one name together, each with its family.</summary>
    public static IEnumerable<(IReadOnlyList<string> Words, IReadOnlyList<TextPhrase> Names)> Parted(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count;)
        {
            var length = Math.Min(LongestName, words.Count - i);
            TextPhrase[]? family = null;
            while (length > 0 && !ByName.TryGetValue(string.Join(' ', words.Skip(i).Take(length)), out family))
            {
                length--;
            }

            length = Math.Max(1, length);
            IReadOnlyList<string> own = [.. words.Skip(i).Take(length)];
            yield return (own, family ?? [new TextPhrase(own, FoldedText.HasParticles(own[^1]))]);
            i += length;
        }
    }

    /// <summary>Words that news puts for another: near it, but not the same.</summary>
    /// <param name="stem">As <see cref="Stemmer"/> gives it; so are the answers.</param>
    public static IReadOnlyList<string> NearTo(string stem) => Near.GetValueOrDefault(stem) ?? [];

    private static FrozenDictionary<string, TextPhrase[]> Read()
    {
        var byName = new Dictionary<string, TextPhrase[]>(StringComparer.Ordinal);
        foreach (var names in Lines("Stories/families.txt"))
        {
            var family = names.Select(n => new TextPhrase(n.Split(' '))).ToArray();
            foreach (var name in names)
            {
                byName[name] = byName.TryGetValue(name, out var other) ? [.. other.Concat(family).DistinctBy(p => string.Join(' ', p.Words))] : family;
            }
        }

        return byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, string[]> ReadNear()
    {
        var near = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var stems in Lines("Stories/kin.txt").Select(words => words.Select(Stemmer.Of).ToList()))
        {
            foreach (var stem in stems)
            {
                (near.TryGetValue(stem, out var known) ? known : near[stem] = []).UnionWith(stems.Where(s => s != stem));
            }
        }

        return near.ToFrozenDictionary(n => n.Key, n => n.Value.ToArray(), StringComparer.Ordinal);
    }

    private static IEnumerable<string[]> Lines(string resource)
    {
        using var stream = typeof(WordFamilies).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                yield return line.Split(',', StringSplitOptions.TrimEntries);
            }
        }
    }
}
