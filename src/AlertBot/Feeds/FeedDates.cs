using System.Globalization;
using System.Text.RegularExpressions;

namespace AlertBot.Feeds;

/// <summary>Dates in the forms found in feeds, to UTC. A date that can't be read is none: it is never an identity.</summary>
internal static partial class FeedDates
{
    private static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["Z"] = 0, ["WET"] = 0, ["BST"] = 60, ["CET"] = 60, ["CEST"] = 120, ["EET"] = 120, ["EEST"] = 180, ["MSK"] = 180,
        ["IST"] = 330, ["HKT"] = 480, ["SGT"] = 480, ["PHT"] = 480, ["JST"] = 540, ["KST"] = 540, ["AEST"] = 600, ["AEDT"] = 660, ["NZST"] = 720, ["NZDT"] = 780,
        ["EST"] = -300, ["EDT"] = -240, ["ET"] = -300, ["CST"] = -360, ["CDT"] = -300, ["CT"] = -360, ["MST"] = -420, ["MDT"] = -360, ["MT"] = -420,
        ["PST"] = -480, ["PDT"] = -420, ["PT"] = -480, ["AKST"] = -540, ["AKDT"] = -480, ["HST"] = -600,
    };

    private static readonly Dictionary<string, int> Months = MonthNames();

    public static DateTimeOffset? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 100)
        {
            return null;
        }

        var date = text.Trim();
        return FromMatch(Iso().Match(date)) ?? FromMatch(Rfc822().Match(date)) ?? FromMatch(MonthFirst().Match(date)) ?? FromMatch(Korean().Match(date)) ?? Unix(date) ?? Loose(date);
    }

    private static DateTimeOffset? FromMatch(Match match)
    {
        if (!match.Success)
        {
            return null;
        }

        var year = Number(match, "year");
        year += match.Groups["year"].Length > 2 ? 0 : year < 70 ? 2000 : 1900;
        var month = match.Groups["name"].Success ? Months.GetValueOrDefault(match.Groups["name"].Value.TrimEnd('.'), 0) : Number(match, "month", 1);
        var (day, hour) = (Number(match, "day", 1), Number(match, "hour"));
        hour = match.Groups["half"].Value.ToUpperInvariant() switch
        {
            "PM" or "오후" when hour < 12 => hour + 12,
            "AM" or "오전" when hour == 12 => 0,
            _ => hour,
        };
        var offset = Offset(match.Groups["zone"].Value);
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 24 || Number(match, "minute") > 59 || offset is null)
        {
            return null;
        }

        // 24:00 is the next day's midnight, and :60 a leap second.
        var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).Ticks
            + TimeSpan.FromHours(hour).Ticks + TimeSpan.FromMinutes(Number(match, "minute") - offset.Value).Ticks + TimeSpan.FromSeconds(Math.Min(Number(match, "second"), 60)).Ticks;
        return local < DateTime.MinValue.Ticks || local > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(local, TimeSpan.Zero);
    }

    /// <summary>Minutes east of Greenwich; an unknown name counts as UTC, an impossible offset as no date.</summary>
    private static int? Offset(string zone)
    {
        if (NumericZone().Match(zone) is { Success: true } match)
        {
            var minutes = Number(match, "hours") * 60 + Number(match, "minutes");
            return minutes > 18 * 60 ? null : match.Groups["sign"].Value == "+" ? minutes : -minutes;
        }

        return Zones.GetValueOrDefault(zone.Trim('(', ')', ' '), 0);
    }

    private static int Number(Match match, string group, int otherwise = 0) =>
        match.Groups[group].Success && match.Groups[group].Length > 0 ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : otherwise;

    private static DateTimeOffset? Unix(string date) =>
        long.TryParse(date, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number switch
        {
            >= 100_000_000 and < 10_000_000_000 => DateTimeOffset.FromUnixTimeSeconds(number),
            >= 100_000_000_000 and < 10_000_000_000_000 => DateTimeOffset.FromUnixTimeMilliseconds(number),
            _ => null,
        } : null;

    private static DateTimeOffset? Loose(string date) =>
        DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out var parsed) ? parsed : null;

    private static Dictionary<string, int> MonthNames()
    {
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["sept"] = 9 };
        foreach (var culture in "en de fr es it nl pt ru".Split(' ').Select(CultureInfo.GetCultureInfo))
        {
            var format = culture.DateTimeFormat;
            foreach (var list in new[] { format.MonthNames, format.AbbreviatedMonthNames, format.MonthGenitiveNames, format.AbbreviatedMonthGenitiveNames })
            {
                for (var month = 0; month < 12; month++)
                {
                    names.TryAdd(list[month].TrimEnd('.'), month + 1);
                }
            }
        }

        return names;
    }

    // ISO 8601 and W3CDTF, with a space for the T and parts left out from the right.
    [GeneratedRegex("""^(?<year>\d{4})(?:-?(?<month>\d{2})(?:-?(?<day>\d{2}))?)?(?:[T\s]+(?<hour>\d{1,2}):?(?<minute>\d{2})?(?::?(?<second>\d{2})(?:[.,]\d+)?)?)?\s*(?<zone>Z|[+-]\d{2}:?\d{0,2}|[A-Za-z]{2,5})?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    // RFC 822 and 2822: Tue, 05 Mar 2024 09:30:00 GMT, and what people make of it.
    [GeneratedRegex("""^(?:\p{L}+\.?,?\s+)?(?<day>\d{1,2})\.?[\s-]+(?<name>\p{L}+\.?)[\s,-]+(?<year>\d{4}|\d{2})(?:[,\s]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)?\s*(?<half>AM|PM|am|pm)?)?\s*(?<zone>[+-]\d{2}:?\d{0,2}|\(?[A-Za-z]{1,5}\)?)?(?:\s*\(.*\))?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc822();

    // asctime and American: Mon Mar  5 09:30:00 2024; March 5, 2024 9:30 am EST.
    [GeneratedRegex("""^(?:\p{L}+\.?,?\s+)?(?<name>\p{L}{3,}\.?)\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?:(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?\s+(?<zone>[A-Z]{3,4}\s+)?(?<year>\d{4})|(?<year>\d{4})(?:,?\s+(?:at\s+)?(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?\s*(?<half>AM|PM|am|pm)?\s*(?<zone>[A-Z]{2,4}|[+-]\d{4})?)?)$""", RegexOptions.CultureInvariant)]
    private static partial Regex MonthFirst();

    // 2024년 3월 5일 오후 3:30, 2024.03.05 15:30.
    [GeneratedRegex("""^(?<year>\d{4})\s*[년./]\s*(?<month>\d{1,2})\s*[월./]\s*(?<day>\d{1,2})\s*[일.]?(?:\s*(?:\(\p{L}+\))?\s*(?<half>오전|오후)?\s*(?<hour>\d{1,2})\s*[:시]\s*(?<minute>\d{1,2})?\s*[:분]?\s*(?<second>\d{1,2})?\s*초?)?\s*(?<zone>KST|GMT|[+-]\d{4})?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Korean();

    [GeneratedRegex("""^(?<sign>[+-])(?<hours>\d{2}):?(?<minutes>\d{2})?$""", RegexOptions.CultureInvariant)]
    private static partial Regex NumericZone();
}
