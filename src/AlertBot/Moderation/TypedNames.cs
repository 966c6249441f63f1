namespace AlertBot.Moderation;

/// <summary>Names as people type them, in a line or in a form.</summary>
internal static class TypedNames
{
    /// <summary>What stands for nothing.</summary>
    public const string None = "-";

    /// <summary>One name, on one line whatever a form had in it; empty for none.</summary>
    public static string ValueOf(string text) => OneLine(text) is var value && value == None ? "" : value;

    /// <summary>Several, with ; between them or one on each line.</summary>
    public static IReadOnlyList<string> ListOf(string? text) =>
        [.. (text ?? "").Split([';', '\n', '\r']).Select(ValueOf).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];

    public static string Typed(IReadOnlyList<string> names) => names.Count > 0 ? string.Join("; ", names) : None;

    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
