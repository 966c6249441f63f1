using System.Buffers;

namespace AlertBot.Stories.Events;

/// <summary>
/// Brings the forms of an English word together (quake, quakes; arrest, arrested, arresting), and no more than that:
/// a form too many costs less than two words taken for one.
/// </summary>
internal static class Stemmer
{
    private static readonly (string Ending, string Instead, int Least)[] Endings =
    [
        ("sses", "ss", 4), ("ches", "ch", 3), ("shes", "sh", 3), ("xes", "x", 3), ("ies", "y", 4),
        ("ically", "ic", 5), ("ly", "", 4), ("ments", "ment", 4),
    ];

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    public static string Of(string lowered)
    {
        if (lowered.Length < 4 || !char.IsAsciiLetter(lowered[^1]))
        {
            return lowered;
        }

        var word = lowered;
        foreach (var (ending, instead, least) in Endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length + instead.Length >= least)
            {
                return Trimmed(string.Concat(word.AsSpan(0, word.Length - ending.Length), instead));
            }
        }

        if (word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i'))
        {
            word = word[..^1];
        }

        return Trimmed(word);
    }

    private static string Trimmed(string word)
    {
        var stem = word switch
        {
            [.., 'i', 'e', 'd'] when word.Length > 4 => word[..^3] + "y",
            [.., 'e', 'e', 'd'] => word,
            [.., 'e', 'd'] when HasVowel(word.AsSpan(0, word.Length - 2)) => Undoubled(word[..^2]),
            [.., 'i', 'n', 'g'] when word.Length > 5 && HasVowel(word.AsSpan(0, word.Length - 3)) => Undoubled(word[..^3]),
            _ => word,
        };
        return stem is [.., 'e'] && stem.Length > 3 ? stem[..^1] : stem;
    }

    private static bool HasVowel(ReadOnlySpan<char> part) => part.Length > 2 && part.ContainsAny(Vowels);

    private static string Undoubled(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('s' or 'l' or 'z' or 'e' or 'o') ? stem[..^1] : stem;
}
