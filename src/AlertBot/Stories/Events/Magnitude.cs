using System.Globalization;

namespace AlertBot.Stories.Events;

/// <summary>How strong an earthquake was: a figure that outlets agree on, unlike its toll, which grows.</summary>
internal static class Magnitude
{
    private const int Reach = 5;

    private static readonly HashSet<string> Quakes = ["magnitude", "richter", "earthquake", "quake", "tremor", "temblor"];

    public static IReadOnlyList<double> Of(IReadOnlyList<Word> words)
    {
        var found = new List<double>();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Written is [>= '2' and <= '9', '.', >= '0' and <= '9'] && IsNearQuake(words, i))
            {
                found.Add(double.Parse(words[i].Written, CultureInfo.InvariantCulture));
            }
        }

        return found;
    }

    private static bool IsNearQuake(IReadOnlyList<Word> words, int at)
    {
        for (var i = Math.Max(0, at - Reach); i <= Math.Min(words.Count - 1, at + Reach); i++)
        {
            if (Quakes.Contains(words[i].Written))
            {
                return true;
            }
        }

        return false;
    }
}
