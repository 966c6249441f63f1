using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AlertBot.Tagging.Reading;

/// <summary>
/// A run of the letters and digits of ASCII, read eight at a time: its end, its case and the same hash that
/// <see cref="WordHash.Of"/> gives. Most words of most texts are such runs.
/// </summary>
/// <param name="HasSmall">Whether any letter of it is small.</param>
internal readonly record struct PlainWord(int End, ulong Hash, bool HasSmall)
{
    /// <summary>Reads the run at the place; false where the text ends too soon to load eight characters.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, int start, out PlainWord word)
    {
        ref var first = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        var hash = WordHash.Empty;
        var small = 0u;
        var at = start;
        while (at + WordHash.Step <= text.Length)
        {
            var units = Vector128.LoadUnsafe(ref first, (nuint)at);
            // Small letters and digits have this bit already.
            var folded = units | Vector128.Create((ushort)0x20);
            var isWord = IsIn(folded, 'a', 'z') | IsIn(units, '0', '9');
            var masks = Vector128.Narrow(isWord, IsIn(units, 'a', 'z')).ExtractMostSignificantBits();
            var length = BitOperations.TrailingZeroCount((~masks & 0xFF) | 0x100);
            if (length > 0)
            {
                var letters = Vector128.Narrow(folded, folded).AsUInt64().ToScalar();
                hash = WordHash.Add(hash, letters & (ulong.MaxValue >> (64 - (8 * length))));
                small |= masks >> 8 & ((1u << length) - 1);
                at += length;
            }

            if (length < WordHash.Step)
            {
                word = new PlainWord(at, hash, small != 0);
                return true;
            }
        }

        word = default;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> IsIn(Vector128<ushort> units, char from, char to) =>
        Vector128.LessThanOrEqual(units - Vector128.Create((ushort)from), Vector128.Create((ushort)(to - from)));
}
