using System.Globalization;

namespace AlertBot.Commands.Registers;

/// <summary>Reads the days of registers, which may be a month or a year alone.</summary>
internal static class RegisterDay
{
    /// <summary>The first or the last day of what the text says; null where it says no day.</summary>
    public static DateOnly? Of(string text, bool last)
    {
        if (Exact(text, "yyyy-MM-dd") is { } day)
        {
            return day;
        }

        if (Exact(text, "yyyy-MM") is { } month)
        {
            return last ? month.AddMonths(1).AddDays(-1) : month;
        }

        return Exact(text, "yyyy") is { } year ? last ? new DateOnly(year.Year, 12, 31) : year : null;
    }

    private static DateOnly? Exact(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
