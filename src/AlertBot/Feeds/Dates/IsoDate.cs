using System.Globalization;

namespace AlertBot.Feeds.Dates;

/// <summary>
/// Reads ISO 8601 and W3CDTF: calendar, week and ordinal dates, extended and basic, cut short at any part, with any separator that
/// is in use. What follows a complete date and time is passed over.
/// </summary>
internal static class IsoDate
{
    public static bool TryRead(ReadOnlySpan<char> text, out DateParts parts)
    {
        var scan = new DateScanner(text);
        parts = default;
        if (!TryReadDay(ref scan, out parts))
        {
            return false;
        }

        if (scan.IsAtEnd)
        {
            return true;
        }

        if (scan.Current is 'T' or 't' or '_' || char.IsWhiteSpace(scan.Current) || scan.Current == ',')
        {
            scan.Skip();
            scan.SkipSpace();
        }
        else if (!char.IsAsciiDigit(scan.Current))
        {
            // A zone right after a day is seen in the wild; anything else is another kind of date.
            return scan.Current is 'Z' or 'z' or '+';
        }

        if (scan.IsAtEnd || !ClockTime.TryRead(ref scan, ref parts))
        {
            return scan.IsAtEnd;
        }

        return TryReadZone(ref scan, ref parts);
    }

    private static bool TryReadZone(ref DateScanner scan, ref DateParts parts)
    {
        scan.SkipSpace();
        if (scan.Current is '+' or '-' or '\u2212')
        {
            var isOffset = ClockTime.TryReadOffset(ref scan, out var offset);
            parts = parts with { Zone = offset };
            return isOffset;
        }

        while (scan.Word() is { Length: > 0 } word)
        {
            if (DateNames.HalfOf(word) is { } isAfternoon)
            {
                parts = ClockTime.InHalf(parts, isAfternoon);
            }
            else
            {
                parts = parts with { Zone = DateNames.ZoneOf(word) ?? TimeSpan.Zero };
                if (scan.Current is '+' or '-' && ClockTime.TryReadOffset(ref scan, out var offset))
                {
                    parts = parts with { Zone = offset };
                }
            }

            scan.SkipSpace();
        }

        return true;
    }

    private static bool TryReadDay(ref DateScanner scan, out DateParts parts)
    {
        parts = default;
        var digits = scan.DigitCount();
        switch (digits)
        {
            case 4:
                return TryReadAfterYear(ref scan, scan.Digits(4), out parts);
            case 8 or 12 or 14:
                parts = new DateParts(scan.Digits(4), scan.Digits(2), scan.Digits(2));
                return parts.Month is >= 1 and <= 12;
            case 7:
                return TryOrdinal(scan.Digits(4), scan.Digits(3), out parts);
            case 6 when scan.Rest[..2] is "19" or "20" or "21" && scan.Rest[4..6] is not "00" && scan.Rest[4..6].CompareTo("12", StringComparison.Ordinal) <= 0:
                parts = new DateParts(scan.Digits(4), scan.Digits(2), 1);
                return true;
            case 6 when scan.Rest.Length == 6:
                parts = new DateParts(ShortYear(ref scan), scan.Digits(2), scan.Digits(2));
                return true;
            case 5 when scan.Rest.Length == 5:
                return TryOrdinal(ShortYear(ref scan), scan.Digits(3), out parts);
            case 0 when scan.Rest is ['-', _, _, '-', _, _] or ['-', _, _, _, _]:
                return TryReadYearAndMonth(ref scan, out parts);
            case 2 when scan.Rest is [_, _, '-', _, _, '-', _, _, ..]:
                var year = ShortYear(ref scan);
                scan.Skip();
                var month = scan.Number(2, 2);
                scan.Skip();
                parts = new DateParts(year, month, scan.Number(2, 2));
                return month is >= 1 and <= 12 && parts.Day > 0 && scan.DigitCount() == 0;
            default:
                return false;
        }
    }

    private static int ShortYear(ref DateScanner scan) => DateNames.FullYear(scan.Digits(2), digits: 2);

    // ISO 8601:1988 let a dash stand for the century.
    private static bool TryReadYearAndMonth(ref DateScanner scan, out DateParts parts)
    {
        scan.Skip();
        var isRead = scan.DigitCount() is 2 or 4;
        var year = isRead ? ShortYear(ref scan) : 0;
        scan.Skip('-');
        parts = new DateParts(year, isRead ? scan.Number(2, 2) : 0, 1);
        return isRead && scan.IsAtEnd;
    }

    private static bool TryReadAfterYear(ref DateScanner scan, int year, out DateParts parts)
    {
        parts = new DateParts(year, 1, 1);
        if (scan.IsAtEnd)
        {
            return true;
        }

        var separator = scan.Current;
        var hasSeparator = separator is '-' or '/' or '.' or '\u2010' or '\u2013';
        if (hasSeparator)
        {
            scan.Skip();
        }

        if (scan.Current is 'W' or 'w')
        {
            return TryReadWeek(ref scan, year, out parts);
        }

        if (!hasSeparator)
        {
            return scan.Current is 'T' or 't';
        }

        var isPadded = scan.Rest is ['0', _, _, var next, ..] && next == separator;
        if (scan.DigitCount() == 3 && !isPadded)
        {
            return TryOrdinal(year, scan.Digits(3), out parts);
        }

        // Some write the month with three digits.
        var month = scan.DigitCount() is 1 or 2 || isPadded ? scan.Number(1, 3) : 0;
        var day = 1;
        if (scan.Current == separator)
        {
            scan.Skip();
            day = scan.DigitCount() is 1 or 2 ? scan.Number(1, 2) : 0;
        }

        parts = new DateParts(year, month, day);
        return month > 0 && day > 0;
    }

    private static bool TryReadWeek(ref DateScanner scan, int year, out DateParts parts)
    {
        parts = default;
        scan.Skip();
        var digits = scan.DigitCount();
        var week = scan.Number(2, 2);
        scan.Skip('-');
        var day = digits == 3 || (digits == 2 && scan.DigitCount() == 1) ? scan.Digits(1) : 1;
        if (year is < 1900 or > 2200 || week < 1 || week > ISOWeek.GetWeeksInYear(year) || day is < 1 or > 7)
        {
            return false;
        }

        var date = ISOWeek.ToDateTime(year, week, (DayOfWeek)(day % 7));
        parts = new DateParts(date.Year, date.Month, date.Day);
        return true;
    }

    private static bool TryOrdinal(int year, int day, out DateParts parts)
    {
        parts = default;
        if (year is < 1900 or > 2200 || day < 1 || day > (DateTime.IsLeapYear(year) ? 366 : 365))
        {
            return false;
        }

        var date = new DateTime(year, 1, 1).AddDays(day - 1);
        parts = new DateParts(date.Year, date.Month, date.Day);
        return true;
    }
}
