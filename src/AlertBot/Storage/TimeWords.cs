using System.Globalization;

namespace AlertBot.Storage;

/// <summary>
/// Words that say where a document stands among the numbers, and so in time: the index of words of PostgreSQL, which knows nothing of the order, finds
/// what is of a stretch of time by them. Each document has one for each width of stretch.
/// </summary>
internal static class TimeWords
{
    // Of 16 numbers a second: 17 minutes, 4.5 hours, 3 days and 48 days.
    private static readonly int[] Widths = [14, 18, 22, 26];

    // So many are asked for at once at most.
    private const int MostStretches = 16;

    public static IEnumerable<string> Of(long document) => Widths.Select(width => Word(width, document >> width));

    /// <summary>The stretches that hold all numbers from one to another, both included; none where they would be too many.</summary>
    public static IReadOnlyList<string> Between(long first, long last)
    {
        foreach (var width in Widths)
        {
            var stretches = (last >> width) - (first >> width) + 1;
            if (stretches <= MostStretches)
            {
                return [.. Enumerable.Range(0, (int)Math.Max(0, stretches)).Select(i => Word(width, (first >> width) + i))];
            }
        }

        return [];
    }

    private static string Word(int width, long stretch) => string.Create(CultureInfo.InvariantCulture, $"¤{width}:{stretch:x}");
}
