using System.Globalization;
using System.Text;

namespace AlertBot.Platforms;

/// <summary>Characters of foreign text that no platform shows.</summary>
internal static class ForeignCharacters
{
    /// <summary>It turns the reading direction, so that text around it can be made to read otherwise than it is.</summary>
    public static bool TurnsDirection(char character) =>
        character is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>On one line, without what can't be shown or turns the reading direction.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(' ');
            }
            else if (!Rune.IsControl(rune) && !(rune.IsBmp && ((char)rune.Value == '\uFEFF' || TurnsDirection((char)rune.Value))))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>Text for a field that a person edits: as it is, in whole characters.</summary>
    public static string ForInput(string text, int most, bool multiline)
    {
        var clean = multiline ? string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Clean)) : Clean(text);
        var end = 0;
        for (var length = 0; end < clean.Length && end + (length = StringInfo.GetNextTextElementLength(clean, end)) <= most;)
        {
            end += length;
        }

        return clean[..end];
    }
}
