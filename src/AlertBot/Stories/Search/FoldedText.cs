using System.Globalization;
using System.Text;

namespace AlertBot.Stories.Search;

/// <summary>
/// Text as the index of words has it: lower-case words with spaces between, without accents and marks. A character of a script that puts
/// no spaces between words (Chinese, Japanese) is a word of its own, so that words there are phrases; Korean is parted from what is not Korean.
/// </summary>
internal static class FoldedText
{
    private enum Kind
    {
        Space,
        Word,
        Hangul,
        Alone,
        Dropped,
    }

    public static string Of(string text) => Ascii.IsValid(text) ? OfAscii(text) : OfAny(text);

    // Most text is this: the same as below for it, in a tenth of the time.
    private static string OfAscii(string text) => string.Create(text.Length, text, (folded, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            folded[i] = char.IsAsciiLetterOrDigit(from[i]) ? char.ToLowerInvariant(from[i]) : ' ';
        }
    });

    private static string OfAny(string text)
    {
        var folded = new StringBuilder(text.Length + 16);
        var last = Kind.Space;
        foreach (var rune in Compatible(text).EnumerateRunes())
        {
            var kind = KindOf(rune);
            if (kind == Kind.Dropped)
            {
                continue;
            }

            // Where a word begins that is not the first.
            if (kind != Kind.Space && (kind != last || kind == Kind.Alone) && folded.Length > 0)
            {
                folded.Append(' ');
            }

            if (kind != Kind.Space)
            {
                Append(folded, rune);
            }

            last = kind;
        }

        return folded.ToString();
    }

    public static IReadOnlyList<string> WordsOf(string text) => Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether words of this script grow particles at their end, so that the word itself is only their beginning.</summary>
    public static bool HasParticles(string word) => word[^1] is >= '\uAC00' and <= '\uD7A3';

    private static Kind KindOf(Rune rune) => rune.Value switch
    {
        < 0x80 => Rune.IsLetterOrDigit(rune) ? Kind.Word : Kind.Space,
        >= 0xAC00 and <= 0xD7A3 or >= 0x3131 and <= 0x318E or >= 0x1100 and <= 0x11FF => Kind.Hangul,
        >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0x20000 and <= 0x3FFFF => Rune.IsLetter(rune) ? Kind.Alone : Kind.Space,
        // Vowel points of Hebrew and Arabic are written or not.
        >= 0x0591 and <= 0x05C7 or >= 0x064B and <= 0x0652 or 0x0640 or 0x00AD or >= 0x200B and <= 0x200D => Kind.Dropped,
        _ => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark ? Kind.Word : Kind.Space,
    };

    private static void Append(StringBuilder folded, Rune rune)
    {
        var written = rune.Value switch
        {
            'ß' => "ss",
            'æ' or 'Æ' => "ae",
            'œ' or 'Œ' => "oe",
            'ø' or 'Ø' => "o",
            'ł' or 'Ł' => "l",
            'đ' or 'Đ' or 'ð' or 'Ð' => "d",
            'þ' or 'Þ' => "th",
            'ı' => "i",
            _ => null,
        };
        _ = written is null ? folded.Append(Rune.ToLowerInvariant(rune)) : folded.Append(written);
    }

    // Halves of characters and what stands for no character can't be taken apart.
    private static string Compatible(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse ? Rune.ReplacementChar : rune);
        }

        var parted = whole.ToString().Normalize(NormalizationForm.FormKD);
        whole.Clear();
        foreach (var letter in parted.Where(c => c is not (>= '\u0300' and <= '\u036F')))
        {
            whole.Append(letter);
        }

        return whole.ToString().Normalize(NormalizationForm.FormKC);
    }
}
