using AlertBot.Knowledge;

namespace AlertBot.Commands.Registers;

/// <summary>Chooses among the names that a register has for an actor those that a story can be read with.</summary>
internal static class RegisterNames
{
    private const int LongestName = 100;
    private const int MostAliases = 50;
    private const int MostWords = 15;

    /// <summary>One space between words, none around.</summary>
    public static string Tidy(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// Each name once, however it is written; without notes in parentheses, lists, numbers and single letters. A person's
    /// bare surname is no alias, because others bear it too.
    /// </summary>
    public static IReadOnlyList<string> Aliases(string name, string? surname, IEnumerable<string> others)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (surname is not null)
        {
            seen.Add(KeyOf(surname));
        }

        return [.. others.Prepend(name).Select(Tidy).Where(alias => alias == name || IsUsable(alias)).Where(alias => seen.Add(KeyOf(alias))).Take(MostAliases)];
    }

    public static bool IsLatin(string text) => text.Any(char.IsLetter) && text.All(c => !char.IsLetter(c) || c < '\u0250' || c is >= '\u1E00' and <= '\u1EFF');

    /// <summary>The surname, where it is a part of the name.</summary>
    public static string? Surname(string? surname, string name) =>
        surname is not null && Tidy(surname) is { Length: > 1 } tidy && tidy != name && NameKey.WordsOf(tidy) is { Count: > 0 } words && words.All(NameKey.WordsOf(name).Contains) ? tidy : null;

    private static bool IsUsable(string alias) =>
        alias.Length is > 1 and <= LongestName
        && alias.Any(char.IsLetter)
        && !alias.Any(c => c is '(' or ')' or '[' or ']' or '/' or ';' or ',' or '\uFFFD')
        && alias.Count(char.IsWhiteSpace) < MostWords;

    // WHO and Who are two names for the tagger: an acronym must be written as one.
    private static string KeyOf(string name) => NameKey.Of(name) is { Length: > 0 } key ? key + (name.Any(char.IsLower) || name.Contains(' ') ? "" : "!") : name;
}
