using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Subscriptions;

/// <summary>Times of the day and days of the week as people type them and as they are shown: <c>08:00</c>, <c>mon</c>.</summary>
internal static class DayTimes
{
    private const int LetterOfDay = 3;

    private static readonly LocalTimePattern Shown = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private static readonly LocalTimePattern[] Typed = [.. new[] { "H:mm", "h:mmtt", "htt", "%H" }.Select(LocalTimePattern.CreateWithInvariantCulture)];

    public static IReadOnlyList<IsoDayOfWeek> Week { get; } = [.. Enumerable.Range(1, 7).Select(d => (IsoDayOfWeek)d)];

    /// <summary>Reads <c>8:00</c>, <c>20</c>, <c>8pm</c>, <c>8:30 am</c>; null if it is no time.</summary>
    public static LocalTime? ParseTime(params IEnumerable<string> words)
    {
        var text = string.Concat(words).ToUpperInvariant();
        return Typed.Select(p => p.Parse(text)).Where(p => p.Success).Select(p => (LocalTime?)p.Value).FirstOrDefault();
    }

    /// <summary>Reads <c>mon</c> or <c>Monday</c>; null if it is no day.</summary>
    public static IsoDayOfWeek? ParseDay(string word) => Week
        .Where(d => word.Length >= LetterOfDay && d.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase))
        .Select(d => (IsoDayOfWeek?)d)
        .FirstOrDefault();

    public static string Text(LocalTime time) => Shown.Format(time);

    public static string Text(IsoDayOfWeek day) => day.ToString()[..LetterOfDay].ToLowerInvariant();

    /// <summary>A moment as the clocks of a zone show it: <c>Fri 08:00 Asia/Seoul</c>, with the date if it is more than six days away.</summary>
    public static string Text(Instant moment, DateTimeZone zone, Instant now)
    {
        var pattern = Duration.FromDays(6) > (moment > now ? moment - now : now - moment) ? "ddd HH:mm" : "ddd d MMM HH:mm";
        return $"{moment.InZone(zone).LocalDateTime.ToString(pattern, CultureInfo.InvariantCulture)} {zone.Id}";
    }
}
