using System.Text.RegularExpressions;
using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>Tells by a topic's own words which matters of the phrase book belong to it, and which its definition excludes.</summary>
internal sealed class MatterIndex
{
    private readonly PhraseBook _book;
    private readonly PhraseTrie _trie = new();
    private readonly Dictionary<int, HashSet<(Matter Matter, string Cue)>> _cues = [];
    private readonly Regex _excluded;

    public MatterIndex(PhraseBook book)
    {
        _book = book;
        var words = string.Join('|', book.Exclusions.Select(Regex.Escape));
        _excluded = new Regex($@"\b(?:{words})\b[^:;.,()]+|\([^)]*\b(?:{words})\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        foreach (var matter in book.Matters)
        {
            foreach (var cue in matter.About)
            {
                foreach (var form in book.Grammar.FormsOf(cue))
                {
                    var node = _trie.Add(Array.ConvertAll(Tokenizer.Read(form), token => token.Hash));
                    _cues.TryAdd(node, []);
                    _cues[node].Add((matter, cue));
                }
            }
        }
    }

    public IReadOnlyList<Matter> BelongingTo(Topic topic)
    {
        if (topic.Matters is { } named)
        {
            return [.. _book.Matters.Where(matter => named.Contains(matter.Name))];
        }

        var own = _excluded.Replace($"{topic.Name}. {topic.Definition}", ". ");
        var said = CuesIn($"{own}. {string.Join(". ", topic.Keywords)}");
        return [.. _book.Matters.Where(matter => said.Count(cue => cue.Matter == matter) >= matter.Needs)];
    }

    public IReadOnlyList<Matter> ExcludedFrom(Topic topic)
    {
        var excluded = string.Join(". ", _excluded.Matches(topic.Definition).Select(match => match.Value));
        return [.. CuesIn(excluded).Select(cue => cue.Matter).Distinct()];
    }

    private HashSet<(Matter Matter, string Cue)> CuesIn(string text)
    {
        var tokens = Tokenizer.Read(text);
        var found = new HashSet<(Matter, string)>();
        for (var first = 0; first < tokens.Length; first++)
        {
            var node = PhraseTrie.Root;
            for (var i = first; i < tokens.Length && node != PhraseTrie.None; i++)
            {
                node = _trie.Step(node, tokens[i].Hash);
                found.UnionWith(_cues.GetValueOrDefault(node) ?? []);
            }
        }

        return found;
    }
}
