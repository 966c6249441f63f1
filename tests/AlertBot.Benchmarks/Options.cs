using System.Globalization;

namespace AlertBot.Benchmarks;

/// <summary>What stands behind a verb: pairs of <c>--name value</c>.</summary>
internal sealed class Options(IReadOnlyList<string> words)
{
    public string? Text(string name)
    {
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (words[i] == name)
            {
                return words[i + 1];
            }
        }

        return null;
    }

    /// <summary>The same where zero is a number too.</summary>
    public int Count(string name, int otherwise) =>
        int.TryParse(Text(name), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : otherwise;

    public int Number(string name, int otherwise) =>
        int.TryParse(Text(name), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;
}
