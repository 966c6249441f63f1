using System.Text.RegularExpressions;

namespace AlertBot.Storage;

/// <summary>Text that PostgreSQL can hold: without U+0000, and with U+FFFD for halves of characters, as SQLite stores them.</summary>
internal static partial class StorableText
{
    public static string Of(string text) => Unstorable().Replace(text, found => found.Value == "\0" ? "" : "\uFFFD");

    [GeneratedRegex(@"\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex Unstorable();
}
