using System.Text.RegularExpressions;
using AlertBot.Tagging;

namespace AlertBot.Commands.Registers;

/// <summary>Turns the name of an office in a register into the title that news writes: "President of France" is "president" of France.</summary>
internal static partial class OfficeTitle
{
    /// <param name="ofNames">What the country or body is called.</param>
    public static string Of(string label, IEnumerable<string> ofNames)
    {
        var title = RegisterNames.Tidy(label);
        foreach (var name in ofNames.Where(name => name.Length > 1).OrderByDescending(name => name.Length))
        {
            var words = Regex.Escape(name.StartsWith("the ", StringComparison.OrdinalIgnoreCase) ? name[4..] : name);
            var shorter = Regex.Replace(title, $@"(,? (of|for|to|in) (the )?{words}| \((the )?{words}\))$", "", RegexOptions.IgnoreCase);
            shorter = Regex.Replace(shorter, $"^{words}(['’]s)? ", "", RegexOptions.IgnoreCase);
            if (shorter != title && shorter.Length > 0)
            {
                title = shorter;
                break;
            }
        }

        title = ForeignAffairs().Replace(title, "foreign minister");
        title = MinisterOf().Replace(title, "$1 minister");
        return string.Join(' ', title.Split(' ').Select(word => EverydayWords.Contains(word) ? word.ToLowerInvariant() : word));
    }

    [GeneratedRegex("^minister (of|for) (the )?(foreign|external) (affairs|relations)$", RegexOptions.IgnoreCase)]
    private static partial Regex ForeignAffairs();

    [GeneratedRegex("^minister (?:of|for) (?:the )?([a-z]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex MinisterOf();
}
