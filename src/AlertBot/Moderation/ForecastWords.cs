using System.Globalization;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>An <see cref="AlertForecast"/> in words, with what it rests on.</summary>
internal static class ForecastWords
{
    /// <param name="hasFollows">Whether the channel that asks follows anything.</param>
    public static IEnumerable<CardBlock> Of(AlertForecast forecast, bool hasFollows)
    {
        var here = hasFollows ? Rate(forecast, forecast.Here) : "none: this channel follows nothing yet, /follow changes that";
        var everywhere = forecast.Everywhere == 0 ? "none" : $"{Rate(forecast, forecast.Everywhere)}, in {Count(forecast.Channels, "channel", "channels")}";
        yield return new CardBlock.Facts([new CardFact("Alerts in this channel", here), new CardFact("Alerts in all channels", everywhere), new CardFact("That rests on", Grounds(forecast))]);
        if (forecast.Everywhere > 0)
        {
            yield return new CardBlock.Paragraph("What other feeds bring as well alerts only once, so it may be fewer.");
        }
    }

    /// <summary>A stretch of time in its largest unit: <c>3 hours</c>, <c>7 months</c>.</summary>
    public static string Words(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => Count((int)span.TotalMinutes, "minute", "minutes"),
        { TotalHours: < 48 } => Count((int)span.TotalHours, "hour", "hours"),
        { TotalDays: < 60 } => Count((int)span.TotalDays, "day", "days"),
        { TotalDays: < 730 } => Count((int)(span.TotalDays / 30.44), "month", "months"),
        _ => Count((int)(span.TotalDays / 365.25), "year", "years"),
    };

    private static string Rate(AlertForecast forecast, int alerts) => (alerts, forecast.PerWeek(alerts)) switch
    {
        (0, _) => "none",
        (_, null) => $"{Count(alerts, "alert", "alerts")} from its {Count(forecast.Counted, "item", "items")}; a week can't be told",
        (_, < 1) => $"less than one a week ({alerts} in that time)",
        (_, { } rate) => $"about {rate.ToString(rate < 10 ? "0.#" : "0", CultureInfo.InvariantCulture)} a week ({alerts} in that time)",
    };

    private static string Grounds(AlertForecast forecast)
    {
        var left = forecast.Undated == 0 ? "" : $"; {Count(forecast.Undated, "item", "items")} without a past date {(forecast.Undated == 1 ? "is" : "are")} not counted";
        return forecast.Span switch
        {
            null => $"all its {Count(forecast.Counted, "item", "items")}: none of them has a past date, so nobody knows how long they took",
            { TotalDays: < 1 } span => $"its {Count(forecast.Counted, "item", "items")} of the last {Words(span)}, so it is a rough guess{left}",
            { } span => $"its {Count(forecast.Counted, "item", "items")} of the last {Words(span)}{left}",
        };
    }

    private static string Count(int count, string one, string several) => $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? one : several)}";
}
