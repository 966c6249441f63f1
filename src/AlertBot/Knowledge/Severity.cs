using System.Text.Json.Serialization;

namespace AlertBot.Knowledge;

/// <summary>How much hurry news is in. The numbers are stored.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
internal enum Severity
{
    Routine,
    Notable,

    /// <summary>It goes before all others, and by default at once where others wait.</summary>
    Urgent,
}

/// <summary>The words for severities: <c>routine</c>, <c>notable</c>, <c>urgent</c>.</summary>
internal static class Severities
{
    /// <summary>Of a topic that says nothing of it.</summary>
    public const Severity Usual = Severity.Notable;

    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<Severity>().Select(Word)];

    public static string Word(this Severity severity) => severity.ToString().ToLowerInvariant();

    /// <returns>Null if it is none of them.</returns>
    public static Severity? Parse(string text) => Words.ToList().IndexOf(text.Trim().ToLowerInvariant()) is >= 0 and var found ? (Severity)found : null;
}
