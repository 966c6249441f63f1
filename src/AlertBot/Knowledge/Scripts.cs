namespace AlertBot.Knowledge;

/// <summary>The script that a name is written in, told by its letters.</summary>
internal static class Scripts
{
    private static readonly (string Script, char From, char To)[] Ranges =
    [
        ("Greek", '\u0370', '\u03FF'), ("Cyrillic", '\u0400', '\u052F'), ("Armenian", '\u0530', '\u058F'), ("Hebrew", '\u0590', '\u05FF'), ("Arabic", '\u0600', '\u077F'),
        ("Devanagari", '\u0900', '\u097F'), ("Thai", '\u0E00', '\u0E7F'), ("Burmese", '\u1000', '\u109F'), ("Georgian", '\u10A0', '\u10FF'), ("Khmer", '\u1780', '\u17FF'),
        ("Mongolian", '\u1800', '\u18AF'), ("kana", '\u3040', '\u30FF'), ("Hangul", '\uAC00', '\uD7A3'),
    ];

    private const string Chinese = "Chinese characters";

    private static readonly (char From, char To) Han = ('\u3400', '\u9FFF');

    /// <summary>All scripts that are told apart.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Ranges.Select(r => r.Script), Chinese];

    /// <summary>Null where it is Latin, or one that is not known here. Chinese characters alone are those of no one language.</summary>
    public static string? Of(string name)
    {
        foreach (var (script, from, to) in Ranges)
        {
            if (name.Any(c => c >= from && c <= to && char.IsLetter(c)))
            {
                return script;
            }
        }

        return name.Any(c => c >= Han.From && c <= Han.To) ? Chinese : null;
    }
}
