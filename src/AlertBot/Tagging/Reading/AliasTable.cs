using AlertBot.Knowledge;

namespace AlertBot.Tagging.Reading;

/// <summary>
/// Every name, demonym and metonym of the knowledge base, found by walking the words of a text. Case, marks,
/// hyphens and the kind of apostrophe do not matter; where a name has a capital the text must have one too.
/// </summary>
internal sealed class AliasTable
{
    private const int MostWords = 15;
    private const int MostChanges = 1_000;

    private readonly PhraseTrie _trie;
    private readonly Actor[] _actors;
    private readonly WordFilter _starts;
    private readonly WordFilter _smallStarts;

    // By node the first of its entries, in the order of the actors; 0 is none.
    private int[] _firstByNode;
    private Entry[] _entries;
    private int _count = 1;

    public AliasTable(IReadOnlyList<Actor> actors)
    {
        _actors = [.. actors];
        var names = actors.Sum(actor => actor.Aliases.Count + actor.Demonyms.Count + actor.Metonyms.Count + 1);
        _trie = new PhraseTrie(names);
        // Many names begin with the same word, few with a small one.
        _starts = new WordFilter(names / 3);
        _smallStarts = new WordFilter(names / 32);
        _firstByNode = new int[names + 1];
        _entries = new Entry[names + 1];
        for (var i = _actors.Length - 1; i >= 0; i--)
        {
            Add(i);
        }

        Array.Resize(ref _firstByNode, _trie.NodeCount);
        Array.Resize(ref _entries, _count);
    }

    private AliasTable(AliasTable other, IReadOnlyList<Actor> actors)
    {
        _actors = [.. actors];
        _trie = other._trie.Copy();
        _starts = other._starts.Copy();
        _smallStarts = other._smallStarts.Copy();
        _firstByNode = [.. other._firstByNode];
        _entries = [.. other._entries];
        _count = other._count;
    }

    /// <summary>
    /// The table of other actors. Where a few have only won names and the others stand where they stood, those few alone
    /// are read: a copy of a table of a million names takes some hundredths of a second. This table stays as it is, for
    /// those who still read it.
    /// </summary>
    public AliasTable With(IReadOnlyList<Actor> actors)
    {
        var changed = actors.Count < _actors.Length ? null : Enumerable.Range(0, actors.Count).Where(i => i >= _actors.Length || actors[i] != _actors[i]).Take(MostChanges + 1).ToList();
        if (changed is null || changed.Count > MostChanges || changed.Exists(i => i < _actors.Length && LosesNames(_actors[i], actors[i])))
        {
            return new AliasTable(actors);
        }

        var table = new AliasTable(this, actors);
        foreach (var index in changed)
        {
            if (index < _actors.Length)
            {
                table.Unlink(_actors[index], index);
            }

            table.Add(index);
        }

        return table;
    }

    // The path of a name that is gone would still lead on, past the middle initial of another.
    private static bool LosesNames(Actor before, Actor after) =>
        NamesOf(before).Select(name => name.Name).Except(NamesOf(after).Select(name => name.Name)).Any();

    /// <summary>The longest name that begins at the token and is written as its case rule wants.</summary>
    public AliasMatch? Longest(TextReading reading, int at) => Longest(reading.Text, reading.Tokens, reading.IsAllCapitals, at);

    /// <inheritdoc cref="Longest(TextReading, int)"/>
    public AliasMatch? Longest(string text, ReadOnlySpan<Token> tokens, bool isAllCapitals, int at)
    {
        ref readonly var first = ref tokens[at];
        var starts = first.IsCapital || first.IsJoined ? _starts : _smallStarts;
        return starts.MayHave(first.Hash) || (Particles.MayEnd(text, first) && starts.MayHave(Particles.StemOf(text, first))) ? Walk(text, tokens, isAllCapitals, at) : null;
    }

    private AliasMatch? Walk(string text, ReadOnlySpan<Token> tokens, bool isAllCapitals, int at)
    {
        AliasMatch? best = null;
        var node = PhraseTrie.Root;
        var words = 0;
        Span<int> path = stackalloc int[MostWords + 1];
        for (var i = at; i < tokens.Length && words < path.Length; i++)
        {
            var stem = Particles.StemOf(text, tokens[i]);
            var next = _trie.Step(node, tokens[i].Hash);
            var bare = stem == tokens[i].Hash ? PhraseTrie.None : _trie.Step(node, stem);
            if (next == PhraseTrie.None && bare == PhraseTrie.None)
            {
                if (words > 0 && IsMiddleInitial(tokens[i]))
                {
                    continue;
                }

                break;
            }

            path[words++] = i;
            best = EntryAt(next, text, tokens, isAllCapitals, path[..words]) ?? EntryAt(bare, text, tokens, isAllCapitals, path[..words]) ?? best;
            node = next != PhraseTrie.None ? next : bare;
        }

        return best;
    }

    private AliasMatch? EntryAt(int node, string text, ReadOnlySpan<Token> tokens, bool isAllCapitals, ReadOnlySpan<int> path)
    {
        if (node == PhraseTrie.None)
        {
            return null;
        }

        for (var i = _firstByNode[node]; i > 0; i = _entries[i].Next)
        {
            ref var entry = ref _entries[i];
            if (IsWrittenAs(entry, text, tokens, isAllCapitals, path) && IsWhole(entry, tokens, isAllCapitals, path))
            {
                return new AliasMatch(_actors[entry.Actor], entry.Kind, path[^1] + 1, OthersAt(entry, text, tokens, isAllCapitals, path));
            }
        }

        return null;
    }

    // Most names have one bearer, in several spellings that fall together here.
    private IReadOnlyList<AliasMatch> OthersAt(in Entry first, string text, ReadOnlySpan<Token> tokens, bool isAllCapitals, ReadOnlySpan<int> path)
    {
        List<AliasMatch>? others = null;
        for (var i = first.Next; i > 0; i = _entries[i].Next)
        {
            ref var entry = ref _entries[i];
            var actor = _actors[entry.Actor];
            if (entry.Actor != first.Actor && others?.Exists(other => other.Actor == actor) is not true
                && IsWrittenAs(entry, text, tokens, isAllCapitals, path) && IsWhole(entry, tokens, isAllCapitals, path))
            {
                (others ??= []).Add(new AliasMatch(actor, entry.Kind, path[^1] + 1, []));
            }
        }

        return others ?? (IReadOnlyList<AliasMatch>)[];
    }

    private static bool IsWrittenAs(in Entry entry, string text, ReadOnlySpan<Token> tokens, bool isAllCapitals, ReadOnlySpan<int> path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            ref readonly var token = ref tokens[path[i]];
            if ((entry.Capitals >> i & 1) == 1 && !token.IsCapital && !token.IsJoined)
            {
                return false;
            }
        }

        if (!entry.Is(Trait.Acronym))
        {
            return true;
        }

        ref readonly var only = ref tokens[path[0]];
        var isDotted = text[only.End - 1] == '.';
        return only.IsAllCapitals ? !isAllCapitals || isDotted || !only.Is(WordClass.CommonWord) : only.Length >= 4;
    }

    // "Park Jin" is not in "Park Jin-young", and "the North" not in "the North Sea".
    private static bool IsWhole(in Entry entry, ReadOnlySpan<Token> tokens, bool isAllCapitals, ReadOnlySpan<int> path)
    {
        ref readonly var last = ref tokens[path[^1]];
        var hasAfter = path[^1] + 1 < tokens.Length;
        ref readonly var after = ref tokens[hasAfter ? path[^1] + 1 : path[^1]];
        if (entry.Is(Trait.Person) && ((hasAfter && after.IsJoined) || tokens[path[0]].IsJoined))
        {
            return false;
        }

        // "Park Jin Hyok" is not Park Jin.
        var goesOn = entry.Is(Trait.Person) && path.Length == 2 && !isAllCapitals && hasAfter && after is { IsWord: true, IsCapital: true, Length: <= 6 } && after.Start == last.End + 1
            && tokens[path[0]].Is(WordClass.KoreanSurname) && !after.Is(WordClass.Starter | WordClass.Title | WordClass.Date | WordClass.Say | WordClass.Act);
        if (goesOn)
        {
            return false;
        }

        return !(entry.Kind == FindingKind.Metonym && last.Is(WordClass.Region) && hasAfter && after.IsWord && after.IsCapital && !isAllCapitals);
    }

    private static bool IsMiddleInitial(in Token token) => token.IsWord && token.IsCapital && token.Length <= 2 && token.Is(WordClass.Abbreviation);

    private void Add(int index)
    {
        foreach (var (name, kind) in NamesOf(_actors[index]))
        {
            Add(name, index, kind);
        }
    }

    // Takes the entries away, not the paths.
    private void Unlink(Actor actor, int index)
    {
        Span<ulong> words = stackalloc ulong[MostWords];
        foreach (var (name, _) in NamesOf(actor))
        {
            var count = HashesOf(name, words, out _, out _);
            var node = PhraseTrie.Root;
            for (var i = 0; i < count; i++)
            {
                node = _trie.Step(node, words[i]);
            }

            ref var link = ref _firstByNode[node];
            while (link > 0)
            {
                if (_entries[link].Actor == index)
                {
                    link = _entries[link].Next;
                }
                else
                {
                    link = ref _entries[link].Next;
                }
            }
        }
    }

    // Last to first, as each is put before the others of its actor.
    private static IEnumerable<(string Name, FindingKind Kind)> NamesOf(Actor actor)
    {
        for (var i = actor.Metonyms.Count - 1; i >= 0; i--)
        {
            yield return (actor.Metonyms[i], FindingKind.Metonym);
        }

        for (var i = actor.Demonyms.Count - 1; i >= 0; i--)
        {
            yield return (actor.Demonyms[i], FindingKind.Demonym);
        }

        for (var i = actor.Aliases.Count; i >= 0; i--)
        {
            var name = i == actor.Aliases.Count ? actor.Name : actor.Aliases[i];
            if (actor.Kind == ActorKind.Person && name.Contains('-'))
            {
                yield return (name.Replace("-", "", StringComparison.Ordinal), FindingKind.Name);
            }

            yield return (name, FindingKind.Name);
        }
    }

    private void Add(string name, int actor, FindingKind kind)
    {
        Span<ulong> words = stackalloc ulong[MostWords];
        var count = HashesOf(name, words, out var capitals, out var isAcronym);
        if (count == 0)
        {
            return;
        }

        _starts.Add(words[0]);
        if ((capitals & 1) == 0)
        {
            _smallStarts.Add(words[0]);
        }

        var node = _trie.Add(words[..count]);
        Grow(ref _firstByNode, node);
        Grow(ref _entries, _count);
        ref var link = ref _firstByNode[node];
        while (link > 0 && _entries[link].Actor < actor)
        {
            link = ref _entries[link].Next;
        }

        var traits = (_actors[actor].Kind == ActorKind.Person ? Trait.Person : Trait.None) | (isAcronym ? Trait.Acronym : Trait.None);
        var entry = new Entry { Actor = actor, Next = link, Capitals = capitals, Kind = kind, Traits = traits };
        if (link == 0 || _entries[link] != entry with { Next = _entries[link].Next })
        {
            _entries[_count] = entry;
            link = _count++;
        }
    }

    private static int HashesOf(string name, Span<ulong> words, out ushort capitals, out bool isAcronym)
    {
        var tokens = Tokenizer.ReadInPlace(name);
        (capitals, isAcronym) = (0, tokens.Length == 1 && tokens[0].IsAllCapitals);
        if (tokens.Length > words.Length)
        {
            return 0;
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            words[i] = tokens[i].Hash;
            capitals |= (ushort)(tokens[i].IsCapital && !tokens[i].IsJoined ? 1 << i : 0);
        }

        return tokens.Length;
    }

    private static void Grow<T>(ref T[] array, int index)
    {
        if (index >= array.Length)
        {
            Array.Resize(ref array, Math.Max(index + 1, array.Length + (array.Length / 2)));
        }
    }

    private record struct Entry
    {
        /// <summary>By the order of the actors.</summary>
        public int Actor;

        /// <summary>The next entry of the same words, of the same actor or of a later one; 0 is none.</summary>
        public int Next;

        /// <summary>A bit for each word that must have a capital.</summary>
        public ushort Capitals;
        public FindingKind Kind;
        public Trait Traits;

        public readonly bool Is(Trait trait) => (Traits & trait) != 0;
    }

    [Flags]
    private enum Trait : byte
    {
        None = 0,
        Acronym = 1,
        Person = 2,
    }
}

/// <summary>A name found, up to the token before <paramref name="End"/>.</summary>
/// <param name="Others">Who else bears the same name, each once, in the order of the knowledge base.</param>
internal readonly record struct AliasMatch(Actor Actor, FindingKind Kind, int End, IReadOnlyList<AliasMatch> Others);
