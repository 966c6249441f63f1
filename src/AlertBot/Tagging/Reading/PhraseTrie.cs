using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AlertBot.Tagging.Reading;

/// <summary>
/// Phrases as paths of word hashes. One flat table of edges of twelve bytes, so that a million names stay small and a
/// step costs one probe. Built by one thread, then read by any number; a copy can be changed while the first is read.
/// </summary>
internal sealed class PhraseTrie
{
    public const int Root = 0;
    public const int None = -1;

    private const int LeastRoom = 64;

    private Edge[] _edges;

    /// <param name="nodes">How many are expected; more find room, too.</param>
    public PhraseTrie(int nodes = 0) => _edges = new Edge[Math.Max(LeastRoom, nodes * 8L / 5)];

    private PhraseTrie(PhraseTrie other)
    {
        _edges = [.. other._edges];
        NodeCount = other.NodeCount;
    }

    public int NodeCount { get; private set; } = 1;

    public PhraseTrie Copy() => new(this);

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
        var edges = _edges;
        for (var slot = SlotOf(key, edges); ; slot = After(slot, edges))
        {
            ref var edge = ref edges[slot];
            if (edge.Key == key)
            {
                return edge.Node;
            }

            if (edge.Key == 0)
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

        if (NodeCount * 10L > _edges.Length * 7L)
        {
            Grow();
        }

        Put(_edges, new Edge(KeyOf(node, word), NodeCount));
        return NodeCount++;
    }

    private void Grow()
    {
        var grown = new Edge[_edges.Length * 3L / 2];
        foreach (var edge in _edges)
        {
            if (edge.Key != 0)
            {
                Put(grown, edge);
            }
        }

        _edges = grown;
    }

    private static void Put(Edge[] edges, Edge edge)
    {
        var slot = SlotOf(edge.Key, edges);
        while (edges[slot].Key != 0)
        {
            slot = After(slot, edges);
        }

        edges[slot] = edge;
    }

    // The upper part of the product: as if the key were a fraction of the table's length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(ulong key, Edge[] edges) => (int)Math.BigMul(key, (ulong)edges.Length, out _);

    private static int After(int slot, Edge[] edges) => slot + 1 == edges.Length ? 0 : slot + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong KeyOf(int node, ulong word)
    {
        unchecked
        {
            var key = (word ^ ((ulong)(uint)node * 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9;
            key ^= key >> 32;
            return key == 0 ? 1 : key;
        }
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Edge(ulong Key, int Node);
}
