namespace AlertBot.Knowledge;

/// <summary>Hangul in Latin letters, syllable by syllable, by South Korea's Revised Romanization; sounds do not change each other, as in names.</summary>
internal static class Hangul
{
    private const char FirstLead = '\u1100';
    private const char FirstVowel = '\u1161';
    private const char FirstTail = '\u11A8';

    private static readonly string[] Leads = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    private static readonly string[] Vowels = ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"];
    private static readonly string[] Tails =
        ["k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"];

    /// <param name="text">Taken apart into its letters (normalization form D).</param>
    public static bool IsIn(string text) => text.Any(c => IsOf(c, FirstLead, Leads));

    /// <summary>One word for each syllable; what is no Hangul stays in the word that it stands behind.</summary>
    /// <param name="text">Taken apart into its letters (normalization form D).</param>
    public static IReadOnlyList<string> Romanised(string text)
    {
        var syllables = new List<string>();
        foreach (var c in text)
        {
            if (IsOf(c, FirstLead, Leads))
            {
                syllables.Add(Leads[c - FirstLead]);
                continue;
            }

            var written = IsOf(c, FirstVowel, Vowels) ? Vowels[c - FirstVowel] : IsOf(c, FirstTail, Tails) ? Tails[c - FirstTail] : c.ToString();
            if (syllables.Count == 0)
            {
                syllables.Add("");
            }

            syllables[^1] += written;
        }

        return syllables;
    }

    private static bool IsOf(char c, char first, string[] letters) => c >= first && c < first + letters.Length;
}
