using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// The phrases of all topics, each with its weight and context, found in one pass over a text. A topic has its own
/// keywords and phrases and those of the matters that belong to it. Built once, read by any number of threads.
/// </summary>
internal sealed class TopicTable
{
    private readonly PhraseTrie _trie = new();
    private readonly PhraseUse[]?[] _usesAt;
    private readonly int[]?[] _cuesAt;
    private readonly Dictionary<int, List<PhraseUse>> _uses = [];
    private readonly Dictionary<int, List<int>> _cues = [];
    private readonly Dictionary<string, int> _contexts = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly PhraseBook _book;
    private readonly MatterIndex _matters;
    private int _texts;

    public TopicTable(IReadOnlyList<Topic> topics, PhraseBook book)
    {
        _book = book;
        _matters = new MatterIndex(book);
        Background = ContextOf(book.Background);
        Negation = ContextOf(book.Negations);
        NegationAfter = ContextOf(book.NegationsAfter);
        var targets = topics.Select(topic => new TopicTarget(topic, _matters.BelongingTo(topic), _matters.ExcludedFrom(topic))).ToList();
        var watched = book.Matters.Where(matter => matter.Silences || targets.Exists(target => target.Excluded.Contains(matter)));
        targets.AddRange(watched.Select(matter => new TopicTarget(null, [matter], [])));
        Targets = targets;
        for (var i = 0; i < targets.Count; i++)
        {
            AddPhrases(i, targets[i]);
        }

        _usesAt = ByNode(_uses);
        _cuesAt = ByNode(_cues);
    }

    public IReadOnlyList<TopicTarget> Targets { get; }

    /// <summary>The contexts that a kind of actor makes, by its number in <see cref="PhraseGrammar.Actors"/>.</summary>
    public Dictionary<int, List<int>> ContextsOfActors { get; } = [];

    public int Background { get; }

    public int Negation { get; }

    public int NegationAfter { get; }

    /// <summary>Every phrase and every context in a text, also where they overlap.</summary>
    public (List<PhraseHit> Hits, List<CueHit> Cues) Read(TextReading reading)
    {
        var hits = new List<PhraseHit>();
        var cues = new List<CueHit>();
        for (var first = 0; first < reading.Tokens.Length; first++)
        {
            if (reading.Tokens[first].Zone != Zone.Story)
            {
                continue;
            }

            var node = PhraseTrie.Root;
            var sentence = reading.Tokens[first].Sentence;
            for (var i = first; i < reading.Tokens.Length && reading.Tokens[i].Sentence == sentence; i++)
            {
                node = _trie.Step(node, reading.Tokens[i].Hash);
                if (node == PhraseTrie.None)
                {
                    break;
                }

                foreach (var use in _usesAt[node] ?? [])
                {
                    if (IsWritten(use.Capitals, reading, first))
                    {
                        hits.Add(new PhraseHit(reading, sentence, first, i + 1, use));
                    }
                }

                foreach (var context in _cuesAt[node] ?? [])
                {
                    cues.Add(new CueHit(sentence, first, i + 1, context));
                }
            }
        }

        return (hits, cues);
    }

    private static bool IsWritten(int capitals, TextReading reading, int first)
    {
        for (var i = first; capitals > 0; i++, capitals >>= 1)
        {
            if ((capitals & 1) == 1 && !reading.Tokens[i].IsCapital)
            {
                return false;
            }
        }

        return true;
    }

    private void AddPhrases(int target, TopicTarget of)
    {
        foreach (var phrase in of.Topic?.Phrases ?? [])
        {
            foreach (var text in phrase.Texts)
            {
                Add(target, phrase, _book.Grammar.FormsOf(text), "phrase", 2);
            }
        }

        foreach (var matter in of.Matters)
        {
            foreach (var phrase in matter.Phrases)
            {
                foreach (var text in phrase.Texts)
                {
                    Add(target, phrase, _book.Grammar.FormsOf(text), $"phrase of {matter.Name}", 1);
                }
            }
        }

        foreach (var keyword in of.Topic?.Keywords ?? [])
        {
            Add(target, new TopicPhrase([keyword], _book.Scale.Keyword), PhraseGrammar.NumbersOf(keyword), "keyword", 0);
        }
    }

    // What a topic says itself overrules the book, and the book, which knows contexts, overrules a plain keyword.
    private void Add(int target, TopicPhrase phrase, IEnumerable<string> forms, string rule, int rank)
    {
        var text = _texts++;
        foreach (var form in forms)
        {
            var tokens = Tokenizer.Read(form);
            if (tokens.Length is 0 or > 15)
            {
                continue;
            }

            var capitals = 0;
            for (var i = 0; i < tokens.Length; i++)
            {
                capitals |= tokens[i].IsAllCapitals ? 1 << i : 0;
            }

            var uses = ListAt(_uses, _trie.Add(Array.ConvertAll(tokens, token => token.Hash)));
            if (!uses.Exists(use => use.Target == target && (use.Rank > rank || use.Text == text)))
            {
                uses.Add(new PhraseUse(target, text, phrase, ContextOf(phrase.Near), ContextOf(phrase.Not), capitals, rule, rank));
            }
        }
    }

    private int ContextOf(IReadOnlyList<string> patterns)
    {
        var key = string.Join(';', patterns);
        if (_contexts.TryGetValue(key, out var known))
        {
            return known;
        }

        var context = _contexts.Count;
        _contexts.Add(key, context);
        foreach (var pattern in patterns)
        {
            if (Array.IndexOf(PhraseGrammar.Actors, pattern) is var actors and >= 0)
            {
                ListAt(ContextsOfActors, actors).Add(context);
                continue;
            }

            foreach (var form in _book.Grammar.FormsOf(pattern))
            {
                var cues = ListAt(_cues, _trie.Add(Array.ConvertAll(Tokenizer.Read(form), token => token.Hash)));
                if (!cues.Contains(context))
                {
                    cues.Add(context);
                }
            }
        }

        return context;
    }

    private T[]?[] ByNode<T>(Dictionary<int, List<T>> lists)
    {
        var byNode = new T[]?[_trie.NodeCount];
        foreach (var (node, list) in lists)
        {
            byNode[node] = [.. list];
        }

        return byNode;
    }

    private static List<T> ListAt<T>(Dictionary<int, List<T>> lists, int key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }
}
