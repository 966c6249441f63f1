using System.Globalization;
using AlertBot.Platforms;
using NodaTime;

namespace AlertBot.Subscriptions;

/// <summary>The option that takes a digest's rhythm, and how rhythms are told.</summary>
internal static class DigestOption
{
    /// <summary>What a follow has that has no rhythm of its own.</summary>
    public const string AsTheChannel = "channel";

    public const string HowToWrite = "Write at once, hourly, daily or weekly; daily and weekly with a time of the day, and weekly with a day: daily 08:00, weekly mon 18:30.";

    private static readonly string[] Usual = ["at once", "hourly", "daily 08:00", "daily 18:00", "weekly mon 08:00", "weekly fri 17:00"];

    public static CommandOption Of(string name, string summary, params string[] others) => new(name, summary, OptionKind.Rest)
    {
        Suggest = typed => others.Concat(DigestRhythm.Parse(typed) is { } read ? [read.ToString()] : Usual.Where(r => r.Contains(typed.Trim(), StringComparison.OrdinalIgnoreCase))).Select(r => new Choice(r, r)),
    };

    public static Card Misread(string typed) => Card.Problem(
        $"“{typed.Trim()}” is no rhythm",
        new CardBlock.Paragraph(HowToWrite));

    /// <summary>How a rhythm is told behind “stories are told”.</summary>
    public static string Told(DigestRhythm rhythm) => rhythm is DigestRhythm.AtOnce ? "each at once" : $"together, {rhythm}";

    /// <summary>When its next digest is, by the clocks of a channel.</summary>
    public static string NextOf(DigestRhythm rhythm, ChannelSettings settings, TimeProvider time)
    {
        var (zone, now) = (TimeZones.Of(settings), Instant.FromDateTimeOffset(time.GetUtcNow()));
        return DayTimes.Text(rhythm.NextAfter(now, zone), zone, now);
    }

    public static string Clock(DateTimeZone zone, TimeProvider time) =>
        Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(zone).LocalDateTime.ToString("ddd HH:mm", CultureInfo.InvariantCulture);
}
