using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Feeds.Dates;

namespace AlertBot.Feeds;

/// <summary>
/// Reads the dates that feeds write: RFC 822 in all its wild forms, W3CDTF and ISO 8601, asctime, US dates, month names of many
/// languages, East Asian forms and Unix seconds. Gives UTC; a date without a zone is taken to be in UTC, a Korean one in Korean time.
/// What is no date, or names a day or time that does not exist, gives false.
/// </summary>
internal static partial class FeedDates
{
    private const int Longest = 120;

    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is 0 or > Longest)
        {
            return false;
        }

        if (IsoDate.TryRead(AfterDayName(trimmed), out var parts) || NumericDate(trimmed, out parts))
        {
            return parts.TryToUtc(out time);
        }

        return (EastAsianDate(trimmed, out parts) || WordyDate.TryRead(trimmed, out parts)) && parts.TryToUtc(out time);
    }

    // As in "Fri, 2006/09/15".
    private static ReadOnlySpan<char> AfterDayName(ReadOnlySpan<char> text)
    {
        var start = text.IndexOfAnyInRange('0', '9');
        return start > 0 && char.IsLetter(text[0]) && text[start - 1] is ' ' or ',' && text[start..] is [_, _, _, >= '0' and <= '9', '/' or '-' or '.', ..] ? text[start..] : text;
    }

    private static bool NumericDate(ReadOnlySpan<char> text, out DateParts parts)
    {
        parts = default;
        var digits = text;
        var point = digits.IndexOf('.');
        if (point > 8 && !digits[(point + 1)..].ContainsAnyExceptInRange('0', '9'))
        {
            digits = digits[..point];
        }

        if (digits.Length is < 9 or > 13 || digits.Length is 12 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var number = long.Parse(digits, CultureInfo.InvariantCulture);
        parts = DateParts.FromUnixSeconds(digits.Length > 11 ? number / 1000 : number);
        return true;
    }

    private static bool EastAsianDate(ReadOnlySpan<char> text, out DateParts parts)
    {
        parts = default;
        if (!text.ContainsAny("년年후전午"))
        {
            return false;
        }

        var match = EastAsian().Match(text.ToString());
        if (!match.Success)
        {
            return false;
        }

        var isKorean = text.ContainsAny("년후전");
        var isAfternoon = match.Groups["pm"].Success;
        var hour = Number("hour");
        parts = new DateParts(Number("year"), Number("month"), Number("day"))
        {
            Hour = isAfternoon && hour < 12 ? hour + 12 : match.Groups["am"].Success && hour == 12 ? 0 : hour,
            Minute = Number("minute"),
            Second = Number("second"),
            Zone = isKorean ? TimeSpan.FromHours(9) : TimeSpan.Zero,
        };
        return true;

        int Number(string name) => int.TryParse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    [GeneratedRegex(
        @"(?<year>\d{4})\s*[년年.\-/]\s*(?<month>\d{1,2})\s*[월月.\-/]\s*(?<day>\d{1,2})\s*[일日.]?\s*(?:\(\s*\p{L}{1,3}\s*\)\s*|\p{L}요일\s*,?\s*)?(?:(?<am>오전|上午|午前)|(?<pm>오후|下午|午後))?\s*(?:(?<hour>\d{1,2})\s*[:시時时点點]\s*(?:(?<minute>\d{1,2})\s*[:분分]?\s*(?:(?<second>\d{1,2}))?)?)?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex EastAsian();
}
