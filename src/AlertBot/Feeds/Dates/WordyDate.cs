namespace AlertBot.Feeds.Dates;

/// <summary>
/// Reads dates with a month in words or with slashes or dots: RFC 822, asctime, US and European forms. Words that say nothing of the
/// date, such as the names of days, are passed over, so a wrong day name does no harm.
/// </summary>
internal ref struct WordyDate
{
    private DateParts _parts;
    private int _month;
    private int _day;
    private int _year;
    private bool _hasTime;
    private bool _hasOffset;
    private bool _isBroken;

    public static bool TryRead(ReadOnlySpan<char> text, out DateParts parts)
    {
        var reading = new WordyDate();
        var scan = new DateScanner(text);
        while (!scan.IsAtEnd && !reading._isBroken)
        {
            reading.Take(ref scan);
        }

        parts = reading._parts with { Year = reading._year, Month = reading._month, Day = reading._day };
        return !reading._isBroken && reading is { _year: > 0, _month: > 0, _day: > 0 };
    }

    private void Take(ref DateScanner scan)
    {
        if (char.IsAsciiDigit(scan.Current))
        {
            Number(ref scan);
        }
        else if (char.IsLetter(scan.Current))
        {
            Word(ref scan);
        }
        else if (_hasTime && !_hasOffset && scan.Current is '+' or '-' or '\u2212' && scan.Rest.Length > 1 && char.IsAsciiDigit(scan.Rest[1]))
        {
            _hasOffset = ClockTime.TryReadOffset(ref scan, out var offset);
            _parts = _parts with { Zone = offset };
        }
        else
        {
            scan.Skip();
        }
    }

    private void Word(ref DateScanner scan)
    {
        var word = scan.Word();
        if (DateNames.MonthOf(word) is { } month && !(_month > 0 && _day > 0 && _year > 0))
        {
            // The last one counts: "mar." is also Tuesday in three languages, and the day comes first.
            _month = month;
        }
        else if (_hasTime && DateNames.HalfOf(word) is { } isAfternoon)
        {
            _parts = ClockTime.InHalf(_parts, isAfternoon);
        }
        else if (_hasTime && !_hasOffset && DateNames.ZoneOf(word) is { } zone)
        {
            _parts = _parts with { Zone = zone };
        }
    }

    private void Number(ref DateScanner scan)
    {
        var digits = scan.DigitCount();
        var after = scan.Rest.Length > digits ? scan.Rest[digits] : '\0';
        var next = scan.Rest.Length > digits + 1 ? scan.Rest[digits + 1] : '\0';
        if (digits <= 2 && !_hasTime && after is ':' or 'h' or 'H' && (char.IsAsciiDigit(next) || after != ':'))
        {
            _hasTime = ClockTime.TryRead(ref scan, ref _parts);
        }
        else if (digits <= 2 && _year == 0 && _month == 0 && _day == 0 && after is '/' or '.' or '-' && char.IsAsciiDigit(next))
        {
            Triple(ref scan, after);
        }
        else if (digits == 4 && _year > 0 && _month > 0 && _day > 0 && !_hasTime)
        {
            _hasTime = ClockTime.TryRead(ref scan, ref _parts);
        }
        else
        {
            DayOrYear(scan.Number(1, 9), digits);
        }
    }

    private void DayOrYear(int number, int digits)
    {
        if (_day == 0 && digits <= 2)
        {
            _day = number;
        }
        else if (digits > 4)
        {
            _isBroken = true;
        }
        else if (_year == 0)
        {
            _year = DateNames.FullYear(number, digits);
        }
    }

    /// <summary>m/d/y as in the US, d/m/y where the first cannot be a month, d.m.y with dots and d-m-y with dashes.</summary>
    private void Triple(ref DateScanner scan, char separator)
    {
        var first = scan.Number(1, 2);
        scan.Skip();
        var second = scan.Number(1, 2);
        if (!scan.Skip(separator) || !char.IsAsciiDigit(scan.Current))
        {
            _isBroken = separator != '.';
            return;
        }

        var digits = scan.DigitCount();
        _year = DateNames.FullYear(scan.Number(1, 4), digits);
        var isMonthFirst = separator == '/' ? first <= 12 : second > 12;
        (_month, _day) = isMonthFirst ? (first, second) : (second, first);
    }
}
