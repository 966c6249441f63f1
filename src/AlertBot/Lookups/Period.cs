using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Platforms;

namespace AlertBot.Lookups;

/// <summary>A stretch of time, in UTC: from its first moment on, up to and without its end.</summary>
internal readonly partial record struct Period(DateTimeOffset From, DateTimeOffset To)
{
    public const string Since = "since";
    public const string Until = "until";

    private static readonly string[] Days = ["yyyy-M-d", "d MMM yyyy", "d MMMM yyyy", "MMM d yyyy", "MMMM d yyyy", "MMM d, yyyy", "MMMM d, yyyy"];
    private static readonly string[] Moments = ["yyyy-M-d'T'HH:mm:ss.fff'Z'", "yyyy-M-d'T'HH:mm:ss'Z'", "yyyy-M-d'T'HH:mm'Z'"];
    private static readonly string[] Months = ["yyyy-M", "MMM yyyy", "MMMM yyyy"];

    public static Period Always { get; } = new(DateTimeOffset.UnixEpoch.AddYears(-200), DateTimeOffset.UnixEpoch.AddYears(800));

    public bool IsAlways => this == Always;

    public static CommandOption SinceOption { get; } = new(Since, "Only from then on: 7d, yesterday, 2024, 2024-05, 2024-05-31") { Suggest = _ => Usual(), IsEnding = IsEnding };

    public static CommandOption UntilOption { get; } = new(Until, "Only up to then, that day, month or year included") { Suggest = _ => Usual() };

    /// <summary>What the options since and until say; all time where neither is given.</summary>
    /// <returns>The period, or the card that says what is wrong.</returns>
    public static (Period Period, Card? Problem) Of(CommandInvocation invocation, DateTimeOffset now)
    {
        var period = Always;
        foreach (var option in (string[])[Since, Until])
        {
            if (invocation.Find(option)?.Trim() is not { Length: > 0 } typed)
            {
                continue;
            }

            if (Read(typed, now) is not { } read)
            {
                return (period, Card.Problem(
                    $"“{typed}” is no time", new CardBlock.Paragraph("Write how far back (24h, 7d, 3w, 6m, 2y), today, yesterday, last week, a year (2024), a month (2024-05, May 2024) or a day (2024-05-31, 31 May 2024).")));
            }

            period = option == Since ? period with { From = read.From } : period with { To = read.To };
        }

        return period.From < period.To
            ? (period, null)
            : (period, Card.Problem("It ends before it begins", new CardBlock.Paragraph("The time of until: has to be behind that of since:.")));
    }

    /// <summary>A time as people write it: how far back, or a day, month or year.</summary>
    public static Period? Read(string typed, DateTimeOffset now)
    {
        var text = typed.Trim().ToLowerInvariant();
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var month = new DateTimeOffset(today.Year, today.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return text switch
        {
            "today" => new Period(today, today.AddDays(1)),
            "yesterday" => new Period(today.AddDays(-1), today),
            "this week" => new Period(monday, monday.AddDays(7)),
            "last week" => new Period(monday.AddDays(-7), monday),
            "this month" => new Period(month, month.AddMonths(1)),
            "last month" => new Period(month.AddMonths(-1), month),
            "this year" => Year(today.Year),
            "last year" => Year(today.Year - 1),
            _ when Back().Match(text) is { Success: true } back => Ago(int.Parse(back.Groups[1].ValueSpan, CultureInfo.InvariantCulture), back.Groups[2].Value[0], now),
            _ when text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 1800 and < 2700 => Year(year),
            _ when TryExact(typed.Trim().ToUpperInvariant(), Moments, out var moment) => new Period(moment, moment.AddMinutes(1)),
            _ when TryExact(text, Months, out var first) => new Period(first, first.AddMonths(1)),
            _ when TryExact(text, Days, out var day) => new Period(day, day.AddDays(1)),
            _ => null,
        };
    }

    /// <summary>Whether words behind a name can only be a time.</summary>
    // A newspaper is called USA Today.
    public static bool IsEnding(string typed) => !typed.Equals("today", StringComparison.OrdinalIgnoreCase) && Read(typed, DateTimeOffset.UnixEpoch.AddYears(50)) is not null;

    /// <summary>A moment, such as <c>2024-05-31T14:05:00.000Z</c>, as <see cref="Read"/> takes it.</summary>
    public static string Exactly(DateTimeOffset moment) => moment.UtcDateTime.ToString(Moments[0].Replace("M-d", "MM-dd", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static IEnumerable<Choice> Usual() => [new("24h", "the last 24 hours"), new("7d", "the last 7 days"), new("30d", "the last 30 days"), new("12m", "the last 12 months"), new("today", "today"), new("last month", "the month before")];

    private static Period Year(int year) => new(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static Period Ago(int count, char unit, DateTimeOffset now) => new(
        unit switch
        {
            'h' => now.AddHours(-count),
            'd' => now.AddDays(-count),
            'w' => now.AddDays(-7 * count),
            'm' => now.AddMonths(-count),
            _ => now.AddYears(-count),
        },
        now);

    private static bool TryExact(string text, string[] formats, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out time) && time.Year is > 1800 and < 2700;

    // Four digits are enough: the calendar has no room for more.
    [GeneratedRegex(@"^(?:the )?(?:last |past )?(\d{1,3}) ?(h|d|w|m|y|hours?|days?|weeks?|months?|years?)(?: ago)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Back();
}
