using System.Globalization;

namespace AlertBot.Stories.Events;

/// <summary>The sums that a story begins with, such as the price of a firm: outlets round them, but mean the same.</summary>
internal static class Amounts
{
    private const double Rounding = 1.15;

    public static IReadOnlyList<double> Of(IReadOnlyList<Word> words, int leadWords)
    {
        var found = new List<double>();
        for (var i = 1; i < Math.Min(words.Count, leadWords); i++)
        {
            if (UnitOf(words[i].Written) is { } unit && double.TryParse(words[i - 1].Stem, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            {
                found.Add(count * unit);
            }
        }

        return found;
    }

    public static bool AreEqual(double a, double b) => a < b * Rounding && b < a * Rounding;

    private static double? UnitOf(string word) => word switch
    {
        "million" or "mln" or "m" => 1e6,
        "billion" or "bln" or "bn" => 1e9,
        "trillion" or "tn" => 1e12,
        _ => null,
    };
}
