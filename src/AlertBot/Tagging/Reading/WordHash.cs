using System.Globalization;
using System.Text;

namespace AlertBot.Tagging.Reading;

/// <summary>
/// The identity of a word for matching: 64 bits over its letters, blind to case and marks. Two different words
/// meet in one hash so rarely that no text of them is kept.
/// </summary>
internal static class WordHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const int TableSize = 0x2020;

    private static readonly char[] Plain = BuildTable();

    public static ulong Of(ReadOnlySpan<char> word)
    {
        var hash = Offset;
        unchecked
        {
            foreach (var c in word)
            {
                var plain = c < TableSize ? Plain[c] : c;
                if (plain != '\0')
                {
                    hash = (hash ^ plain) * Prime;
                }
            }

            return hash ^ (hash >> 29);
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
