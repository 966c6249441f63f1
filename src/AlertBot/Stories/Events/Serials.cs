namespace AlertBot.Stories.Events;

/// <summary>The numbers that a story begins with where they number a row of like happenings: stage 5, round 3, number 12.</summary>
internal static class Serials
{
    private static readonly HashSet<string> Rows = ["number", "stage", "round", "game", "match", "race", "part", "episode", "heat", "leg", "week"];

    public static IReadOnlyDictionary<string, string> Of(IReadOnlyList<Word> words, int leadWords)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < Math.Min(words.Count, leadWords); i++)
        {
            if (words[i].IsNumber && Rows.Contains(words[i - 1].Written))
            {
                found.TryAdd(words[i - 1].Written, words[i].Stem);
            }
        }

        return found;
    }
}
