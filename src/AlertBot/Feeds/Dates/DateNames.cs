using System.Collections.Frozen;

namespace AlertBot.Feeds.Dates;

/// <summary>The words of dates: months in the languages of Europe, halves of the day, time zones.</summary>
internal static class DateNames
{
    private const int LongestMonthKey = 4;

    // The first letters that tell a month from the others; the longest that fits counts.
    private static readonly string[] MonthKeys =
    [
        "jan gen ene янв січ sty ιαν ian oca led tam",
        "feb fev fév feb лют фев lut lút φεβ şub úno hel",
        "mar mär mrt mrz mär mar мар бер μάρ μαρ már bře maal mars",
        "apr abr avr кві апр kwi απρ ápr nis dub huht",
        "may mai maj mei mag май мая тра μάι μαΐ μαι máj kvě touk",
        "jun juin giu чер июн cze ιούν ιουν jún haz čer kesä giug",
        "jul juil lug июл лип lip ιούλ ιουλ júl tem heinä hein červ",
        "aug ago aoû aou août сер авг sie αύγ αυγ ağu srp elo",
        "sep set сен вер wrz σεπ eyl zář syys sze",
        "oct okt out ott окт жов paź paz οκτ eki říj loka",
        "nov лис ноя noe lis νοέ νοε kas marr",
        "dec dez déc dic des дек гру gru δεκ ara pro joul",
    ];

    private static readonly FrozenDictionary<string, int> Months = MonthKeys
        .SelectMany((keys, month) => keys.Split(' ').Distinct().Select(key => (Key: key, Month: month + 1)))
        .DistinctBy(pair => pair.Key)
        .ToFrozenDictionary(pair => pair.Key, pair => pair.Month, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int> ZoneMinutes = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0, ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["WET"] = 0, ["WEST"] = 60, ["BST"] = 60,
        ["CET"] = 60, ["MEZ"] = 60, ["MET"] = 60, ["WAT"] = 60, ["CEST"] = 120, ["MESZ"] = 120, ["MEST"] = 120, ["EET"] = 120, ["SAST"] = 120,
        ["CAT"] = 120, ["EEST"] = 180, ["MSK"] = 180, ["EAT"] = 180, ["TRT"] = 180, ["MSD"] = 240, ["GST"] = 240, ["IRST"] = 210, ["PKT"] = 300,
        ["IST"] = 330, ["NPT"] = 345, ["ICT"] = 420, ["WIB"] = 420, ["HKT"] = 480, ["SGT"] = 480, ["PHT"] = 480, ["AWST"] = 480, ["WITA"] = 480,
        ["JST"] = 540, ["KST"] = 540, ["WIT"] = 540, ["ACST"] = 570, ["AEST"] = 600, ["ACDT"] = 630, ["AEDT"] = 660, ["NZST"] = 720, ["NZDT"] = 780,
        ["NST"] = -210, ["NDT"] = -150, ["BRT"] = -180, ["ART"] = -180, ["CLT"] = -240, ["AST"] = -240, ["AT"] = -240, ["ADT"] = -180,
        ["EST"] = -300, ["ET"] = -300, ["EDT"] = -240, ["CST"] = -360, ["CT"] = -360, ["CDT"] = -300, ["MST"] = -420, ["MT"] = -420, ["MDT"] = -360,
        ["PST"] = -480, ["PT"] = -480, ["PDT"] = -420, ["AKST"] = -540, ["AKDT"] = -480, ["HST"] = -600,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The month that a word names, whole or cut short.</summary>
    public static int? MonthOf(ReadOnlySpan<char> word)
    {
        var months = Months.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(word.Length, LongestMonthKey); length >= 3; length--)
        {
            if (months.TryGetValue(word[..length], out var month))
            {
                return month;
            }
        }

        return null;
    }

    public static TimeSpan? ZoneOf(ReadOnlySpan<char> word) =>
        ZoneMinutes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var minutes) ? TimeSpan.FromMinutes(minutes) : null;

    /// <summary>True for the afternoon, false for the morning, null for any other word.</summary>
    public static bool? HalfOf(ReadOnlySpan<char> word) =>
        word.Equals("pm", StringComparison.OrdinalIgnoreCase) || word is "μμ" ? true
        : word.Equals("am", StringComparison.OrdinalIgnoreCase) || word is "πμ" ? false
        : null;

    /// <summary>A year of two digits lies between 1950 and 2049, one of three counts from 1900 (RFC 2822, section 4.3).</summary>
    public static int FullYear(int year, int digits) => digits switch
    {
        <= 2 => year < 50 ? year + 2000 : year + 1900,
        3 => year + 1900,
        _ => year,
    };
}
