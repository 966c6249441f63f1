namespace AlertBot.Platforms;

/// <summary>Characters of foreign text that no platform shows.</summary>
internal static class ForeignCharacters
{
    /// <summary>It turns the reading direction, so that text around it can be made to read otherwise than it is.</summary>
    public static bool TurnsDirection(char character) =>
        character is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
