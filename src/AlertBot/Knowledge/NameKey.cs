using System.Globalization;
using System.Text;

namespace AlertBot.Knowledge;

/// <summary>
/// The form in which names are compared: small letters and digits alone, without marks, spaces or hyphens,
/// so that "Kim Yung-ho", "kim yung ho" and "KimYungho" are one.
/// </summary>
internal static class NameKey
{
    private static readonly (string Written, string Sound)[] KoreanSpellings =
    [
        ("woo", "u"), ("ui", "i"), ("ou", "u"), ("oo", "u"), ("eo", "o"), ("eu", "u"), ("ee", "i"), ("ck", "k"), ("ch", "j"), ("sh", "s"),
        ("ark", "ak"), ("oi", "oe"), ("g", "k"), ("d", "t"), ("b", "p"), ("l", "r"), ("u", "o"),
    ];

    public static string Of(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var word in WordsOf(text))
        {
            key.Append(word);
        }

        return key.ToString();
    }

    public static IReadOnlyList<string> WordsOf(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(Plain(char.ToLowerInvariant(c)));
            }
            else if (!IsInsideWord(c) && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    /// <summary>
    /// How a name sounds when it is Korean: spellings that stand for one sound fall together (yung and yeong,
    /// suk and seok, Park and Pak, Lee and Ri), and Hangul falls together with how it is written in Latin letters. Other names
    /// get a key too; it is only ever compared.
    /// </summary>
    public static string SoundOf(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var word in WordsOf(text))
        {
            foreach (var part in Hangul.IsIn(word) ? Hangul.Romanised(word) : [word])
            {
                key.Append(key.Length == 0 && IsLee(part) ? "ri" : SoundOfWord(part));
            }
        }

        return key.ToString();
    }

    // The surname, which stands in front.
    private static bool IsLee(string word) => word is "lee" or "yi" or "i" or "ri" or "rhee" or "li" or "rhie";

    private static string SoundOfWord(string word)
    {
        foreach (var (written, sound) in KoreanSpellings)
        {
            word = word.Replace(written, sound, StringComparison.Ordinal);
        }

        return word.EndsWith('h') ? word[..^1] : word;
    }

    private static bool IsInsideWord(char c) =>
        c is '.' or '\'' or '’' || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static char Plain(char c) => c switch
    {
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        'ı' => 'i',
        _ => c,
    };
}
