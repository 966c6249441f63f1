using System.Globalization;

namespace AlertBot.Feeds.Health;

/// <summary>A length of time as people say it: the largest unit that fits.</summary>
internal static class Spoken
{
    public static string Of(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => Counted(span.TotalDays, "day"),
        { TotalHours: >= 2 } => Counted(span.TotalHours, "hour"),
        { TotalMinutes: >= 2 } => Counted(span.TotalMinutes, "minute"),
        _ => Counted(Math.Max(0, span.TotalSeconds), "second"),
    };

    private static string Counted(double number, string unit)
    {
        var whole = (long)Math.Round(number, MidpointRounding.ToZero);
        return $"{whole.ToString(CultureInfo.InvariantCulture)} {unit}{(whole == 1 ? "" : "s")}";
    }
}
