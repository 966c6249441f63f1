namespace AlertBot.Tagging.Reading;

/// <summary>What Korean attaches to a name: 김영호는 is 김영호 with a particle.</summary>
internal static class Particles
{
    private static readonly string[] All =
    [
        "에게서", "으로서", "으로써", "이라고", "에서는", "에게는", "께서는", "까지는", "에서", "에게", "께서", "으로", "라고", "까지", "부터", "보다", "처럼", "에는",
        "와의", "과의", "이나", "이란", "측은", "측이", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "만", "측", "씨",
    ];

    /// <summary>Whether the word is of those that take one: it is written in Hangul.</summary>
    public static bool MayEnd(string text, in Token token) => text[token.Start] is >= '\uAC00' and <= '\uD7A3';

    /// <summary>The hash of the word without its particle; the word's own where it has none.</summary>
    public static ulong StemOf(string text, in Token token)
    {
        if (!MayEnd(text, token))
        {
            return token.Hash;
        }

        var word = text.AsSpan(token.Start, token.Length);
        foreach (var particle in All)
        {
            if (word.Length > particle.Length + 1 && word.EndsWith(particle, StringComparison.Ordinal))
            {
                return WordHash.Of(word[..^particle.Length]);
            }
        }

        return token.Hash;
    }
}
