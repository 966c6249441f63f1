using System.Text.RegularExpressions;

namespace AlertBot.Platforms;

/// <summary>Tells a question that somebody puts to the bot in plain words from a command that is typed without its slash.</summary>
internal static partial class PlainQuestion
{
    /// <summary>It is one even where its first word is the name of a command: "who is the minister?"</summary>
    public static bool IsClear(string line) => Marked().IsMatch(line);

    /// <summary>It is one if it is no command.</summary>
    public static bool IsLikely(string line) => Asking().IsMatch(line);

    [GeneratedRegex(@"^\s*[^/\s]\S*\s+\S.*[?？]\s*$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^\s*(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|can|could|will|would|and)\s+\S+\s+\S", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Asking();
}
