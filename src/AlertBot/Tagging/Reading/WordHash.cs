using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace AlertBot.Tagging.Reading;

/// <summary>
/// The identity of a word for matching: 64 bits over its letters, blind to case and marks. Two different words
/// meet in one hash so rarely that no text of them is kept. It may differ in the next version: not to be stored.
/// </summary>
internal static class WordHash
{
    /// <summary>The hash of no letters, and where <see cref="Add"/> begins.</summary>
    public const ulong Empty = 0x2545F4914F6CDD1D;

    /// <summary>Letters that are added at once.</summary>
    public const int Step = 8;

    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const int TableSize = 0x2020;

    private static readonly char[] Plain = BuildTable();

    public static ulong Of(ReadOnlySpan<char> word)
    {
        var hash = Empty;
        ulong low = 0, high = 0;
        var letters = 0;
        foreach (var c in word)
        {
            var plain = c < TableSize ? Plain[c] : c;
            if (plain == '\0')
            {
                continue;
            }

            low |= (ulong)(plain & 0xFF) << (8 * letters);
            high |= (ulong)(plain >> 8) << (8 * letters);
            if (++letters == Step)
            {
                hash = Add(hash, low, high);
                (low, high, letters) = (0, 0, 0);
            }
        }

        return letters == 0 ? hash : Add(hash, low, high);
    }

    /// <summary>Adds up to eight folded letters, the first in the lowest bits.</summary>
    /// <param name="low">The lower byte of each.</param>
    /// <param name="high">The upper byte of each: 0 where all are of Latin-1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong hash, ulong low, ulong high = 0)
    {
        unchecked
        {
            hash = (BitOperations.RotateLeft(hash, 23) ^ low) * Multiplier;
            hash ^= hash >> 32;
            if (high != 0)
            {
                hash = (BitOperations.RotateLeft(hash, 23) ^ high) * Multiplier;
                hash ^= hash >> 32;
            }

            return hash;
        }
    }

    // Dots and marks on their own fold to nothing, so that U.S. and US, Türkiye in both its encodings, are one word.
    private static char[] BuildTable()
    {
        var table = new char[TableSize];
        for (var c = '\0'; c < TableSize; c++)
        {
            var bare = char.IsSurrogate(c) ? c : c.ToString().Normalize(NormalizationForm.FormD)[0];
            table[c] = char.ToLowerInvariant(bare);
        }

        for (var c = '\u0300'; c <= '\u036F'; c++)
        {
            table[c] = '\0';
        }

        foreach (var (written, read) in new[] { ('.', '\0'), ('ø', 'o'), ('Ø', 'o'), ('ł', 'l'), ('Ł', 'l'), ('ı', 'i'), ('İ', 'i'), ('đ', 'd'), ('’', '\'') })
        {
            table[written] = read;
        }

        return table;
    }

    public static bool IsMark(char c) => c is >= '\u0300' and <= '\u036F' || (c > '\u036F' && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark);
}
