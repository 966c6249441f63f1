namespace AlertBot.Stories.Events;

/// <summary>
/// The days that a story speaks of: "on Monday", "May 14", "yesterday", reckoned back from its publish date. The first one
/// told is the day of the happening, more often than not; the others are its background. Without a publish date a weekday is
/// only a name, and a day of a month has no year.
/// </summary>
internal sealed record HappeningDays(int? First, IReadOnlySet<int> All)
{
    private const int LeadWords = 60;
    private const int BareWeekday = 10_000_000;
    private const int BareDate = 20_000_000;

    private static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    private static readonly string[] WeekdaysInShort = ["sun", "mon", "tues", "wed", "thurs", "fri", "sat"];
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    private static readonly string[] MonthsInShort = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec"];

    // "Every Monday", "next Friday", "Good Friday" and "the Sunday Times" tell no day of a happening.
    private static readonly HashSet<string> NotBefore = ["next", "every", "each", "until", "by", "coming", "through", "black", "good", "super", "ash", "cyber", "bloody"];
    private static readonly HashSet<string> NotAfter = ["times", "telegraph", "mirror", "herald", "post", "mail", "express", "independent"];

    private static readonly HashSet<string> Speech = ["said", "says", "told", "announced", "confirmed", "added", "reported", "wrote"];

    public static HappeningDays Of(IReadOnlyList<Word> words, DateTimeOffset? published)
    {
        int? first = null;
        var all = new HashSet<int>();
        for (var i = 0; i < words.Count; i++)
        {
            if (DayAt(words, i, published) is not { } day)
            {
                continue;
            }

            all.Add(day);
            first ??= i < LeadWords && !IsOfSpeech(words, i) ? day : null;
        }

        return new HappeningDays(first, all);
    }

    /// <summary>A day with its year; null for a bare weekday and a day of an unknown year.</summary>
    public static DateOnly? DateOf(int? day) => day is > 0 and < BareWeekday ? DateOnly.FromDayNumber(day.Value) : null;

    public static bool IsDayWord(WordForm word) => word.IsCapital && (WeekdayOf(word) is not null || MonthOf(word) is not null);

    /// <summary>How far apart two days are, bare weekdays by the shorter way round; null where they cannot be compared.</summary>
    public static int? Between(int a, int b) => (a / BareWeekday, b / BareWeekday) switch
    {
        (0, 0) or (2, 2) => Math.Abs(a - b),
        (1, 1) => Math.Min((a - b + 7) % 7, (b - a + 7) % 7),
        _ => null,
    };

    // "Investigators said on Tuesday": that is when they said it.
    private static bool IsOfSpeech(IReadOnlyList<Word> words, int day)
    {
        var at = day - 1;
        while (at >= 0 && !words[at + 1].StartsSentence && words[at].Written is ("on" or "reporters" or "late" or "early"))
        {
            at--;
        }

        return at >= 0 && !words[at + 1].StartsSentence && Speech.Contains(words[at].Written);
    }

    private static int? DayAt(IReadOnlyList<Word> words, int i, DateTimeOffset? published)
    {
        var word = words[i];
        if (word.Form.IsDay && WeekdayOf(word.Form) is { } weekday)
        {
            var isNone = (i > 0 && NotBefore.Contains(words[i - 1].Written)) || (i + 1 < words.Count && words[i + 1].IsCapital && NotAfter.Contains(words[i + 1].Written));
            return isNone ? null : Weekday(weekday, published);
        }

        if (word.Form.IsDay && MonthOf(word.Form) is { } month && DayOfMonth(words, i) is { } dayOfMonth)
        {
            return Date(month, dayOfMonth, YearAfter(words, i), published);
        }

        return published is { } today
            ? word.Written switch { "today" or "tonight" => DayNumber(today), "yesterday" => DayNumber(today) - 1, _ => null }
            : null;
    }

    private static int Weekday(int weekday, DateTimeOffset? published)
    {
        if (published is not { } today)
        {
            return BareWeekday + weekday;
        }

        // Where it is tomorrow already, as in Seoul in the evening of London, tomorrow is meant, and not the week before.
        var back = ((int)today.UtcDateTime.DayOfWeek - weekday + 7) % 7;
        return DayNumber(today) - (back == 6 ? -1 : back);
    }

    private static int? Date(int month, int day, int? year, DateTimeOffset? published)
    {
        if (year is null && published is null)
        {
            return BareDate + (month * 31) + day;
        }

        var inYear = year ?? published!.Value.Year;
        if (day > DateTime.DaysInMonth(inYear, month))
        {
            return null;
        }

        var date = DayNumber(new DateTimeOffset(inYear, month, day, 0, 0, 0, TimeSpan.Zero));
        // A day of a month without a year is the nearest one: in January, "December 30" was last year's.
        return year is null && date - DayNumber(published!.Value) > 180 ? date - 365 : date;
    }

    private static int? DayOfMonth(IReadOnlyList<Word> words, int month)
    {
        foreach (var at in (ReadOnlySpan<int>)[month + 1, month - 1])
        {
            if (at >= 0 && at < words.Count && words[at].IsNumber && words[at].Written.Length <= 2 && int.TryParse(words[at].Written, out var day) && day is >= 1 and <= 31)
            {
                return day;
            }
        }

        return null;
    }

    private static int? YearAfter(IReadOnlyList<Word> words, int month)
    {
        for (var at = month + 1; at <= month + 2 && at < words.Count; at++)
        {
            if (words[at].Written.Length == 4 && int.TryParse(words[at].Written, out var year) && year is >= 1900 and <= 2100)
            {
                return year;
            }
        }

        return null;
    }

    private static int? WeekdayOf(WordForm word) => Place(Weekdays, word.Written) ?? Place(WeekdaysInShort, word.Written);

    private static int? MonthOf(WordForm word) => (Place(Months, word.Written) ?? Place(MonthsInShort, word.Written)) + 1;

    private static int? Place(string[] names, string word) => Array.IndexOf(names, word) is var at and >= 0 ? at : null;

    private static int DayNumber(DateTimeOffset time) => (int)(time.UtcTicks / TimeSpan.TicksPerDay);
}
