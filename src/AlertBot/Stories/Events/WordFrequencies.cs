namespace AlertBot.Stories.Events;

/// <summary>How often a word occurs in a million, in English at large: what is known before the first story has come.</summary>
internal static class WordFrequencies
{
    private const string Resource = "Stories/frequencies.txt";

    private static readonly Dictionary<string, double> PerMillion = Read();

    /// <summary>0 for a word so rare that the list does not have it.</summary>
    public static double Of(string stem) => PerMillion.GetValueOrDefault(stem);

    // Forms of one stem are one word: their figures add up, and the estimate for news counts where it is higher.
    private static Dictionary<string, double> Read()
    {
        using var stream = typeof(WordFrequencies).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var frequencies = new Dictionary<string, double>(StringComparer.Ordinal);
        var isNews = false;
        while (reader.ReadLine() is { } line)
        {
            isNews |= line == "# News";
            if (line.StartsWith('#'))
            {
                continue;
            }

            var parts = line.Split(' ');
            var frequency = Math.Pow(2, int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
            foreach (var stem in parts.Skip(1).Select(Stemmer.Of))
            {
                var known = frequencies.GetValueOrDefault(stem);
                frequencies[stem] = isNews ? Math.Max(known, frequency) : known + frequency;
            }
        }

        return frequencies;
    }
}
