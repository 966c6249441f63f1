namespace AlertBot.Knowledge;

/// <summary>
/// Finds names by their beginning, by a part, or by likeness. The order of the answers is fixed: the better
/// kind of match first, then the order in which the names were given.
/// </summary>
internal sealed class NameIndex
{
    private const int MaxFuzzyCandidates = 64;
    private const double LeastLikeness = 0.6;
    private const double SoundDiscount = 0.05;
    private const double TurnDiscount = 0.02;

    private readonly string[] _keys;
    private readonly string[] _sounds;
    private readonly int[] _owners;
    private readonly (string Start, int Owner)[] _starts;
    private readonly Dictionary<int, List<int>> _trigrams = [];

    /// <param name="names">Each name with the number of what it names.</param>
    public NameIndex(IEnumerable<(string Name, int Owner)> names)
    {
        var keys = new List<string>();
        var sounds = new List<string>();
        var owners = new List<int>();
        var starts = new HashSet<(string, int)>();
        foreach (var (name, owner) in names)
        {
            var words = NameKey.WordsOf(name);
            var sound = NameKey.SoundOf(name);
            keys.Add(string.Concat(words));
            sounds.Add(sound);
            owners.Add(owner);
            for (var i = 0; i < words.Count; i++)
            {
                starts.Add((string.Concat(words.Skip(i)), owner));
            }

            AddTrigrams(keys[^1], keys.Count - 1);
            AddTrigrams(sound, keys.Count - 1);
        }

        _keys = [.. keys];
        _sounds = [.. sounds];
        _owners = [.. owners];
        _starts = [.. starts];
        Array.Sort(_starts, (a, b) => string.CompareOrdinal(a.Start, b.Start) is var order && order != 0 ? order : a.Owner.CompareTo(b.Owner));
    }

    /// <summary>The owners of names in which a word begins with what was typed.</summary>
    public IReadOnlyList<int> StartingWith(string key, int limit)
    {
        var low = 0;
        var high = _starts.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_starts[middle].Start, key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var found = new SortedSet<int>();
        for (var i = low; i < _starts.Length && _starts[i].Start.StartsWith(key, StringComparison.Ordinal); i++)
        {
            found.Add(_starts[i].Owner);
        }

        return [.. found.Take(limit)];
    }

    public IReadOnlyList<int> Containing(string key, int limit)
    {
        var found = new List<int>();
        for (var i = 0; i < _keys.Length && found.Count < limit; i++)
        {
            if (_keys[i].Contains(key, StringComparison.Ordinal) && !found.Contains(_owners[i]))
            {
                found.Add(_owners[i]);
            }
        }

        return found;
    }

    /// <summary>The owners of names that look or sound like what was typed, whichever of its words stands first, likest first, each with how like it is: 1 is the same.</summary>
    public IReadOnlyList<(int Owner, double Likeness)> Like(string typed, int limit)
    {
        var read = Readings(typed);
        var shared = new Dictionary<int, int>();
        foreach (var trigram in read.SelectMany(r => TrigramsOf(r.Key).Concat(TrigramsOf(r.Sound))).Distinct())
        {
            foreach (var name in _trigrams.GetValueOrDefault(trigram) ?? [])
            {
                shared[name] = shared.GetValueOrDefault(name) + 1;
            }
        }

        return
        [
            .. shared.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(MaxFuzzyCandidates)
                .Select(pair => (Owner: _owners[pair.Key], Likeness: read.Max(r => Likeness(pair.Key, r.Key, r.Sound) - r.Discount)))
                .Where(candidate => candidate.Likeness >= LeastLikeness)
                .OrderByDescending(candidate => candidate.Likeness).ThenBy(candidate => candidate.Owner)
                .DistinctBy(candidate => candidate.Owner).Take(limit),
        ];
    }

    // As typed; with the last word in front, and with the first word behind: a surname may stand at either end.
    private static List<(string Key, string Sound, double Discount)> Readings(string typed)
    {
        var words = NameKey.WordsOf(typed);
        var readings = new List<(string, string, double)> { (string.Concat(words), NameKey.SoundOf(typed), 0) };
        if (words.Count > 1)
        {
            foreach (var turned in (string[])[string.Join(' ', words.SkipLast(1).Prepend(words[^1])), string.Join(' ', words.Skip(1).Append(words[0]))])
            {
                readings.Add((NameKey.Of(turned), NameKey.SoundOf(turned), TurnDiscount));
            }
        }

        return readings;
    }

    private double Likeness(int name, string key, string sound) =>
        Math.Max(EditDistance.Similarity(_keys[name], key), EditDistance.Similarity(_sounds[name], sound) - SoundDiscount);

    private void AddTrigrams(string key, int name)
    {
        foreach (var trigram in TrigramsOf(key))
        {
            if (!_trigrams.TryGetValue(trigram, out var names))
            {
                _trigrams.Add(trigram, names = []);
            }

            if (names.Count == 0 || names[^1] != name)
            {
                names.Add(name);
            }
        }
    }

    private static IEnumerable<int> TrigramsOf(string key)
    {
        var padded = $"  {key} ";
        for (var i = 0; i + 2 < padded.Length; i++)
        {
            yield return unchecked((((padded[i] * 31_337) + padded[i + 1]) * 31_337) + padded[i + 2]);
        }
    }
}
