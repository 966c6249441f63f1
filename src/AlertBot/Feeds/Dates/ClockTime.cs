namespace AlertBot.Feeds.Dates;

/// <summary>Reads the time of day and the zone that follow a date.</summary>
internal static class ClockTime
{
    private const int TickDigits = 7;

    /// <summary>Reads hours with minutes, seconds and a fraction as far as they are there, with or without colons.</summary>
    public static bool TryRead(ref DateScanner scan, ref DateParts parts)
    {
        var digits = scan.DigitCount();
        if (digits is 0 or > 6)
        {
            return false;
        }

        if (digits is 4 or 6)
        {
            parts = parts with { Hour = scan.Digits(2), Minute = scan.Digits(2), Second = digits == 6 ? scan.Digits(2) : 0 };
        }
        else
        {
            parts = parts with { Hour = scan.Number(1, 2) };
            if (scan.Current is ':' or 'h' or 'H' && Follows(scan))
            {
                scan.Skip();
                parts = parts with { Minute = scan.Number(1, 2) };
                if (scan.Current == ':' && Follows(scan))
                {
                    scan.Skip();
                    parts = parts with { Second = scan.Number(1, 2) };
                }
            }
        }

        if (scan.Current is '.' or ',' && Follows(scan))
        {
            scan.Skip();
            parts = parts with { Fraction = Fraction(ref scan) };
        }

        return true;

        static bool Follows(DateScanner scan) => scan.Rest.Length > 1 && char.IsAsciiDigit(scan.Rest[1]);
    }

    /// <summary>Reads +hh, +hhmm or +hh:mm; the sign must stand here.</summary>
    public static bool TryReadOffset(ref DateScanner scan, out TimeSpan offset)
    {
        offset = default;
        var sign = scan.Current is '-' or '\u2212' ? -1 : 1;
        scan.Skip();
        var digits = scan.DigitCount();
        if (digits is 0 or > 6)
        {
            return false;
        }

        var hours = digits == 3 ? scan.Digits(1) : scan.Number(1, 2);
        scan.Skip(':');
        var minutes = scan.DigitCount() >= 2 ? scan.Digits(2) : 0;
        offset = sign * new TimeSpan(hours, minutes, 0);
        return minutes < 60;
    }

    /// <summary>Moves an hour by "AM" or "PM".</summary>
    public static DateParts InHalf(DateParts parts, bool isAfternoon) => parts with
    {
        Hour = isAfternoon && parts.Hour < 12 ? parts.Hour + 12 : !isAfternoon && parts.Hour == 12 ? 0 : parts.Hour,
    };

    private static int Fraction(ref DateScanner scan)
    {
        var digits = scan.DigitCount();
        var ticks = scan.Digits(Math.Min(digits, TickDigits));
        for (var i = digits; i < TickDigits; i++)
        {
            ticks *= 10;
        }

        scan.Skip(Math.Max(0, digits - TickDigits));
        return ticks;
    }
}
