using System.Text;

namespace AlertBot.Tagging.Reading;

/// <summary>
/// Keys under which the spellings of one name meet: the ways in which Korean and Chinese names are written in Latin
/// letters (Seok-yeol, Suk Yeol, Sukyeol), and short or transliterated given names of others (Bill, Yevgeny, Zelenskiy).
/// </summary>
internal static class NameVariants
{
    private const int FewConsonants = 2;

    // Longest first: each group of letters with the sound that the romanisations share.
    private static readonly (string Written, string Sound)[] EastAsian =
    [
        ("yeou", "yu"), ("yeo", "yu"), ("you", "yu"), ("yoo", "yu"), ("yae", "ye"), ("weo", "wu"), ("woo", "u"), ("eui", "ui"), ("eou", "u"),
        ("yu", "yu"), ("yo", "yu"), ("wo", "wu"), ("wu", "u"), ("eo", "u"), ("eu", "u"), ("oo", "u"), ("ou", "u"), ("ui", "ui"), ("oe", "oi"), ("oi", "oi"), ("ae", "e"), ("ai", "e"), ("ee", "i"),
        ("kk", "g"), ("ck", "g"), ("gg", "g"), ("tt", "d"), ("pp", "b"), ("ch", "j"), ("jj", "j"), ("sh", "s"), ("ss", "s"), ("ll", "r"), ("rr", "r"),
        ("o", "u"), ("k", "g"), ("c", "g"), ("q", "g"), ("t", "d"), ("p", "b"), ("l", "r"),
    ];

    private static readonly (string Written, string Sound)[] European =
    [
        ("tch", "c"), ("sch", "s"), ("kh", "h"), ("ph", "f"), ("ch", "c"), ("sh", "s"), ("ck", "k"), ("zh", "z"), ("th", "t"), ("dh", "d"), ("gh", "g"),
        ("iye", "i"), ("iy", "i"), ("yy", "i"), ("ey", "i"), ("ei", "i"), ("ij", "i"), ("ii", "i"), ("ie", "i"), ("ye", "e"), ("yo", "o"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ya", "a"), ("ia", "a"),
        ("y", "i"), ("j", "i"), ("w", "v"), ("q", "k"), ("x", "ks"), ("c", "k"),
    ];

    private static readonly Dictionary<string, string> Surnames = new(StringComparer.Ordinal)
    {
        ["gim"] = "kim", ["yi"] = "lee", ["ri"] = "lee", ["rhee"] = "lee", ["rhie"] = "lee", ["pak"] = "park", ["bak"] = "park", ["choe"] = "choi", ["jeong"] = "jung", ["chung"] = "jung", ["chong"] = "jung",
        ["yun"] = "yoon", ["jo"] = "cho", ["no"] = "roh", ["noh"] = "roh", ["ro"] = "roh", ["im"] = "lim", ["rim"] = "lim", ["paik"] = "baek", ["paek"] = "baek", ["kang"] = "gang", ["ryu"] = "yoo", ["yu"] = "yoo", ["chang"] = "jang", ["shin"] = "sin", ["jeon"] = "jun", ["chun"] = "jun", ["chon"] = "jun",
    };

    private static readonly Dictionary<string, string> LongForms = GivenNames.Short.Split(' ')
        .Select(pair => pair.Split('/')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>Of a name that begins with the family's: <c>Yoon Suk Yeol</c>, <c>Yun Seok-yeol</c> and <c>Yoon Sukyeol</c> share one.</summary>
    public static string OfEastAsian(string name)
    {
        var plain = Plain(name);
        var surname = plain.IndexOf(' ', StringComparison.Ordinal);
        if (surname < 0)
        {
            return plain;
        }

        var family = plain[..surname];
        var given = plain[surname..].Replace(" ", "", StringComparison.Ordinal);
        return $"{OfFamily(family)} {Sounds(given, EastAsian)}";
    }

    /// <summary>Of a family name that stands first: <c>Lee</c>, <c>Ri</c> and <c>Yi</c> share one.</summary>
    public static string OfFamily(string family) => Plain(family) is var plain && Surnames.TryGetValue(plain, out var usual) ? usual : plain;

    /// <summary>Of a name that ends with the family's; middle names do not count.</summary>
    public static string OfEuropean(string name)
    {
        var words = Plain(name).Split(' ');
        return $"{Given(words[0])}|{OfSurname(words[^1])}";
    }

    /// <summary>Of a family name alone.</summary>
    public static string OfSurname(string surname) => Undoubled(Sounds(Plain(surname), European));

    private static string Given(string word)
    {
        var sounds = Undoubled(Sounds(LongForms.GetValueOrDefault(word, word), European));
        var consonants = string.Concat(sounds.Where(c => !"aeiou".Contains(c)));
        // The ending keeps Paul from Paula.
        return consonants.Length < FewConsonants ? sounds : sounds.EndsWith('a') ? $"{consonants}a" : consonants;
    }

    private static string Sounds(string letters, (string Written, string Sound)[] groups)
    {
        var sounds = new StringBuilder(letters.Length);
        for (var at = 0; at < letters.Length;)
        {
            var (written, sound) = groups.FirstOrDefault(group => string.CompareOrdinal(letters, at, group.Written, 0, group.Written.Length) == 0);
            sounds.Append(sound ?? letters[at..(at + 1)]);
            at += written?.Length ?? 1;
        }

        return sounds.ToString();
    }

    private static string Undoubled(string letters)
    {
        var single = new StringBuilder(letters.Length);
        foreach (var c in letters)
        {
            if (single.Length == 0 || single[^1] != c)
            {
                single.Append(c);
            }
        }

        return single.ToString();
    }

    // Small letters without marks, words with one space between them.
    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        // Half a surrogate pair is no letter, and can't be normalised.
        var whole = name.Any(char.IsSurrogate) ? string.Concat(name.Where(c => !char.IsSurrogate(c))) : name;
        foreach (var c in whole.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
            else if (!WordHash.IsMark(c) && c is not ('.' or '\'' or '’') && plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().TrimEnd();
    }
}
