using AlertBot.Knowledge;

namespace AlertBot.Tagging.Reading;

/// <summary>The offices of the knowledge base by their titles, in the ways in which news writes them.</summary>
internal sealed class OfficeTable
{
    private static readonly string[] Heads = ["leader", "supreme leader", "president", "chancellor", "prime minister", "premier"];
    private static readonly string[] HeadWords = ["leader", "ruler", "strongman", "dictator", "head of state"];

    private readonly PhraseTrie _trie = new();
    private readonly Dictionary<int, string> _titleByNode = [];
    private readonly Dictionary<string, List<(Actor Holder, Role Role)>> _byTitle = new(StringComparer.OrdinalIgnoreCase);

    public OfficeTable(IReadOnlyList<Actor> actors)
    {
        foreach (var actor in actors.Where(actor => actor.Kind == ActorKind.Person))
        {
            foreach (var role in actor.Roles.Where(role => role.Title.Length > 0))
            {
                var title = Normal(role.Title);
                if (!_byTitle.TryGetValue(title, out var holders))
                {
                    _byTitle.Add(title, holders = []);
                    AddVariants(title);
                }

                holders.Add((actor, role));
            }
        }

        foreach (var word in HeadWords)
        {
            AddPhrase(word, "leader");
        }
    }

    /// <summary>The longest title that begins at the token; null where none does.</summary>
    public (string Title, int End)? Longest(TextReading reading, int at)
    {
        (string, int)? best = null;
        var node = PhraseTrie.Root;
        for (var i = at; i < reading.Tokens.Length; i++)
        {
            node = _trie.Step(node, reading.Tokens[i].Hash);
            if (node == PhraseTrie.None)
            {
                break;
            }

            if (_titleByNode.TryGetValue(node, out var title))
            {
                best = (title, i + 1);
            }
        }

        return best;
    }

    /// <summary>
    /// Who holds the office of a country or body on a day, or comes into it in the days after where some are given.
    /// "Leader" is whoever stands at its head.
    /// </summary>
    public Actor? Holder(string title, string of, DateOnly day, int graceDays = 0)
    {
        foreach (var office in title == "leader" ? Heads : [title])
        {
            foreach (var (holder, role) in _byTitle.GetValueOrDefault(office) ?? [])
            {
                if (role.Of == of && (graceDays > 0 ? role.From > day && role.From.Value.DayNumber - day.DayNumber <= graceDays : role.HeldOn(day)))
                {
                    return holder;
                }
            }
        }

        return null;
    }

    /// <summary>Everybody who holds an office of that title on the day, or who ever did.</summary>
    public IEnumerable<(Actor Holder, Role Role)> Holders(string title, DateOnly? day) =>
        (title == "leader" ? Heads : [title]).SelectMany(office => _byTitle.GetValueOrDefault(office) ?? [])
            .Where(pair => day is null || pair.Role.HeldOn(day.Value));

    /// <summary>The holder, where the knowledge base has the office in one country or body alone.</summary>
    public (Actor Holder, Role Role)? OnlyHolder(string title, DateOnly day)
    {
        var all = _byTitle.GetValueOrDefault(title);
        if (all is null || !title.Contains(' ') || all.Exists(pair => pair.Role.Of != all[0].Role.Of))
        {
            return null;
        }

        var now = all.Find(pair => pair.Role.HeldOn(day));
        return now.Holder is null ? null : now;
    }

    public static bool IsHeadOffice(Role role) => Heads.Contains(Normal(role.Title));

    private static string Normal(string title) => title.Replace("defence", "defense", StringComparison.OrdinalIgnoreCase).ToLowerInvariant();

    private void AddVariants(string title)
    {
        AddPhrase(title, title);
        AddPhrase(title.Replace("defense", "defence", StringComparison.Ordinal), title);
        AddPhrase(title.Replace("adviser", "advisor", StringComparison.Ordinal), title);
        foreach (var ending in new[] { "spokesman", "spokeswoman", "spokesperson" })
        {
            if (title.Contains("spokes", StringComparison.Ordinal))
            {
                AddPhrase(title[..title.IndexOf("spokes", StringComparison.Ordinal)] + ending, title);
            }
        }

        foreach (var rank in new[] { " minister", " secretary" })
        {
            if (title.EndsWith(rank, StringComparison.Ordinal) && title != "prime minister")
            {
                AddPhrase($"{rank.Trim()} of {title[..^rank.Length]}", title);
                AddPhrase($"{rank.Trim()} of the {title[..^rank.Length]}", title);
                AddPhrase($"{title[..^rank.Length]} chief", title);
            }
        }
    }

    private void AddPhrase(string phrase, string title)
    {
        var words = Array.ConvertAll(Tokenizer.Read(phrase), token => token.Hash);
        _titleByNode.TryAdd(_trie.Add(words), title);
    }
}
