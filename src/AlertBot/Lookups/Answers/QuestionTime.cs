using System.Text.RegularExpressions;

namespace AlertBot.Lookups.Answers;

/// <summary>The time that a question asks about: "in 2022", "last week", "since May 2024".</summary>
/// <param name="Words">As the question writes it.</param>
internal sealed partial record QuestionTime(Period Period, string Words)
{
    /// <summary>A day or year by its figures stands in stories, too; "last week" does not.</summary>
    public bool IsWritten => Words.Any(char.IsAsciiDigit) && !Back().IsMatch(Words);

    /// <summary>Null where the question names none.</summary>
    public static QuestionTime? Of(string question, DateTimeOffset now)
    {
        foreach (Match match in Time().Matches(question))
        {
            if (Period.Read(match.Groups["time"].Value, now) is { } read)
            {
                return new QuestionTime(
                    match.Groups["way"].Value.ToLowerInvariant() switch
                    {
                        "since" or "after" or "from" => read with { To = Period.Always.To },
                        "before" or "until" or "till" => new Period(Period.Always.From, read.From),
                        _ => read,
                    },
                    match.Value.Trim());
            }
        }

        return null;
    }

    /// <summary>A question without the time that it asks about.</summary>
    public static string Without(string question, QuestionTime? time) =>
        time is null ? question : Spaces().Replace(question.Replace(time.Words, "", StringComparison.Ordinal), " ").Replace(" ?", "?", StringComparison.Ordinal).Trim();

    [GeneratedRegex(
        @"\b(?:(?<way>since|after|from|before|until|till|in|during|on|of|for|over|within)\s+)?(?:the\s+)?(?<time>(?:19|20)\d\d-\d{1,2}(?:-\d{1,2})?"
        + @"|(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{1,2},?)? (?:19|20)\d\d|(?:19|20)\d\d"
        + @"|(?:last|past) \d{1,3} (?:hours|days|weeks|months|years)|yesterday|today|(?:last|this) (?:week|month|year))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"\b(?:last|past|this)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Back();

    [GeneratedRegex(@"\s{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
