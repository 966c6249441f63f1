using AlertBot.Knowledge;

namespace AlertBot.Tagging.Reading;

/// <summary>
/// Every name, demonym and metonym of the knowledge base, found by walking the words of a text. Case, marks,
/// hyphens and the kind of apostrophe do not matter; where a name has a capital the text must have one too.
/// </summary>
internal sealed class AliasTable
{
    private readonly PhraseTrie _trie = new();
    private readonly int[] _firstByNode;
    private readonly Entry[] _entries;
    private readonly IReadOnlyList<Actor> _actors;

    public AliasTable(IReadOnlyList<Actor> actors)
    {
        _actors = actors;
        var entries = new List<(int Node, Entry Entry)>();
        for (var i = 0; i < actors.Count; i++)
        {
            foreach (var name in actors[i].Aliases.Append(actors[i].Name).Distinct(StringComparer.Ordinal))
            {
                Add(name, i, FindingKind.Name, entries);
                if (actors[i].Kind == ActorKind.Person && name.Contains('-'))
                {
                    Add(name.Replace("-", "", StringComparison.Ordinal), i, FindingKind.Name, entries);
                }
            }

            foreach (var demonym in actors[i].Demonyms)
            {
                Add(demonym, i, FindingKind.Demonym, entries);
            }

            foreach (var metonym in actors[i].Metonyms)
            {
                Add(metonym, i, FindingKind.Metonym, entries);
            }
        }

        _firstByNode = new int[_trie.NodeCount];
        Array.Fill(_firstByNode, -1);
        _entries = new Entry[entries.Count];
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            _entries[i] = entries[i].Entry with { Next = _firstByNode[entries[i].Node] };
            _firstByNode[entries[i].Node] = i;
        }
    }

    /// <summary>The longest name that begins at the token and is written as its case rule wants.</summary>
    public AliasMatch? Longest(TextReading reading, int at)
    {
        AliasMatch? best = null;
        var tokens = reading.Tokens;
        var node = PhraseTrie.Root;
        var words = 0;
        Span<int> path = stackalloc int[16];
        for (var i = at; i < tokens.Length && words < path.Length; i++)
        {
            var next = _trie.Step(node, tokens[i].Hash);
            var bare = tokens[i].Stem == tokens[i].Hash ? PhraseTrie.None : _trie.Step(node, tokens[i].Stem);
            if (next == PhraseTrie.None && bare == PhraseTrie.None)
            {
                if (words > 0 && IsMiddleInitial(tokens[i]))
                {
                    continue;
                }

                break;
            }

            path[words++] = i;
            best = EntryAt(next, reading, path[..words]) ?? EntryAt(bare, reading, path[..words]) ?? best;
            node = next != PhraseTrie.None ? next : bare;
        }

        return best;
    }

    private AliasMatch? EntryAt(int node, TextReading reading, ReadOnlySpan<int> path)
    {
        if (node == PhraseTrie.None)
        {
            return null;
        }

        for (var i = _firstByNode[node]; i >= 0; i = _entries[i].Next)
        {
            var entry = _entries[i];
            if (IsWrittenAs(entry, reading, path) && IsWhole(entry, reading, path))
            {
                return new AliasMatch(_actors[entry.Actor], entry.Kind, path[^1] + 1, OthersAt(entry, reading, path));
            }
        }

        return null;
    }

    // Most names have one bearer, in several spellings that fall together here.
    private IReadOnlyList<AliasMatch> OthersAt(Entry first, TextReading reading, ReadOnlySpan<int> path)
    {
        List<AliasMatch>? others = null;
        for (var i = first.Next; i >= 0; i = _entries[i].Next)
        {
            var entry = _entries[i];
            var actor = _actors[entry.Actor];
            if (entry.Actor != first.Actor && others?.Exists(other => other.Actor == actor) is not true
                && IsWrittenAs(entry, reading, path) && IsWhole(entry, reading, path))
            {
                (others ??= []).Add(new AliasMatch(actor, entry.Kind, path[^1] + 1, []));
            }
        }

        return others ?? (IReadOnlyList<AliasMatch>)[];
    }

    private static bool IsWrittenAs(Entry entry, TextReading reading, ReadOnlySpan<int> path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            ref var token = ref reading.Tokens[path[i]];
            if ((entry.Capitals >> i & 1) == 1 && !token.IsCapital && !token.IsJoined)
            {
                return false;
            }
        }

        if (!entry.IsAcronym)
        {
            return true;
        }

        ref var only = ref reading.Tokens[path[0]];
        var isDotted = reading.Text[only.End - 1] == '.';
        return only.IsAllCapitals ? !reading.IsAllCapitals || isDotted || !only.Is(WordClass.CommonWord) : only.Length >= 4;
    }

    // "Park Jin" is not in "Park Jin-young", and "the North" not in "the North Sea".
    private bool IsWhole(Entry entry, TextReading reading, ReadOnlySpan<int> path)
    {
        var last = reading.Tokens[path[^1]];
        var after = reading.At(path[^1] + 1);
        var isPerson = _actors[entry.Actor].Kind == ActorKind.Person;
        if (isPerson && (after.IsJoined || reading.Tokens[path[0]].IsJoined))
        {
            return false;
        }

        return !(entry.Kind == FindingKind.Metonym && last.Is(WordClass.Region) && after.IsWord && after.IsCapital && !reading.IsAllCapitals);
    }

    private static bool IsMiddleInitial(Token token) => token.IsWord && token.IsCapital && token.Length <= 2 && token.Is(WordClass.Abbreviation);

    private void Add(string name, int actor, FindingKind kind, List<(int Node, Entry Entry)> entries)
    {
        var tokens = Tokenizer.Read(name);
        if (tokens.Length is 0 or > 15)
        {
            return;
        }

        Span<ulong> words = stackalloc ulong[tokens.Length];
        var capitals = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            words[i] = tokens[i].Hash;
            capitals |= tokens[i].IsCapital && !tokens[i].IsJoined ? 1 << i : 0;
        }

        var isAcronym = tokens.Length == 1 && tokens[0].IsAllCapitals;
        entries.Add((_trie.Add(words), new Entry(actor, -1, (ushort)capitals, kind, isAcronym)));
    }

    private readonly record struct Entry(int Actor, int Next, ushort Capitals, FindingKind Kind, bool IsAcronym);
}

/// <summary>A name found, up to the token before <paramref name="End"/>.</summary>
/// <param name="Others">Who else bears the same name, each once, in the order of the knowledge base.</param>
internal readonly record struct AliasMatch(Actor Actor, FindingKind Kind, int End, IReadOnlyList<AliasMatch> Others);
