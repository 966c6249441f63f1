using System.Numerics;
using System.Runtime.CompilerServices;

namespace AlertBot.Tagging.Reading;

/// <summary>
/// A set of words that may say yes to a word it does not hold, about one in fifty, and never no to one that it holds:
/// a Bloom filter whose bits of a word lie in one cell, so that asking costs one read of memory.
/// </summary>
internal sealed class WordFilter
{
    private const int WordsPerCell = 4;

    private readonly ulong[] _cells;

    /// <param name="words">How many are expected.</param>
    public WordFilter(int words) => _cells = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, words / WordsPerCell))];

    private WordFilter(WordFilter other) => _cells = [.. other._cells];

    public WordFilter Copy() => new(this);

    public void Add(ulong word) => _cells[CellOf(word)] |= BitsOf(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHave(ulong word)
    {
        var bits = BitsOf(word);
        return (_cells[CellOf(word)] & bits) == bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CellOf(ulong word) => (int)(word & (ulong)(_cells.Length - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong BitsOf(ulong word) => 1UL << (int)(word >> 58) | 1UL << (int)(word >> 52 & 63);
}
