namespace AlertBot.Tagging.Reading;

/// <summary>
/// Phrases as paths of word hashes. One flat table of edges, about 17 bytes each, so that a hundred thousand
/// names stay small and a step costs one probe. Built once, then read by any number of threads.
/// </summary>
internal sealed class PhraseTrie
{
    public const int Root = 0;
    public const int None = -1;

    private ulong[] _keys = new ulong[64];
    private int[] _nodes = new int[64];
    private int _edges;

    public int NodeCount { get; private set; } = 1;

    /// <summary>Adds the path and gives the node at its end.</summary>
    public int Add(ReadOnlySpan<ulong> words)
    {
        var node = Root;
        foreach (var word in words)
        {
            node = StepOrAdd(node, word);
        }

        return node;
    }

    public int Step(int node, ulong word)
    {
        var key = KeyOf(node, word);
        var mask = _keys.Length - 1;
        for (var slot = (int)(key & (ulong)mask); ; slot = (slot + 1) & mask)
        {
            if (_keys[slot] == key)
            {
                return _nodes[slot];
            }

            if (_keys[slot] == 0)
            {
                return None;
            }
        }
    }

    private int StepOrAdd(int node, ulong word)
    {
        var next = Step(node, word);
        if (next != None)
        {
            return next;
        }

        if ((_edges + 1) * 10 > _keys.Length * 7)
        {
            Grow();
        }

        Put(_keys, _nodes, KeyOf(node, word), NodeCount);
        _edges++;
        return NodeCount++;
    }

    private void Grow()
    {
        var keys = new ulong[_keys.Length * 2];
        var nodes = new int[keys.Length];
        for (var i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] != 0)
            {
                Put(keys, nodes, _keys[i], _nodes[i]);
            }
        }

        _keys = keys;
        _nodes = nodes;
    }

    private static void Put(ulong[] keys, int[] nodes, ulong key, int node)
    {
        var mask = keys.Length - 1;
        var slot = (int)(key & (ulong)mask);
        while (keys[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        keys[slot] = key;
        nodes[slot] = node;
    }

    private static ulong KeyOf(int node, ulong word)
    {
        unchecked
        {
            var key = word ^ ((ulong)(uint)node * 0x9E3779B97F4A7C15);
            key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9;
            key ^= key >> 27;
            return key == 0 ? 1 : key;
        }
    }
}
