using AlertBot.Knowledge;
using AlertBot.Subscriptions;
using NodaTime;

namespace AlertBot.Alerts;

/// <summary>Why an alert is not told at once, and when it is looked at again.</summary>
/// <param name="For">The rhythm of the digest that it waits for, or <see cref="Quiet"/>.</param>
internal sealed record Hold(string For, DateTimeOffset Until)
{
    public const string Quiet = "quiet";

    /// <summary>How long an alert is held. A function of values.</summary>
    /// <param name="rhythms">Those of the follows that want it, the channel's where one is null: the one that tells it first counts.</param>
    /// <param name="since">When the alert came: the first digest after that tells it.</param>
    /// <returns>Null if it is told now.</returns>
    public static Hold? Of(ChannelSettings settings, IReadOnlyCollection<DigestRhythm?> rhythms, Severity severity, DateTimeOffset since, DateTimeOffset now)
    {
        var (zone, present, came) = (TimeZones.Of(settings), Instant.FromDateTimeOffset(now), Instant.FromDateTimeOffset(since));
        var (due, rhythm) = severity == Severity.Urgent && !settings.UrgentWaits
            ? (came, DigestRhythm.Immediate)
            : rhythms.Select(r => r ?? settings.Rhythm).Distinct().Select(r => (Due: r.NextAfter(came, zone), Rhythm: r)).MinBy(r => r.Due);
        if (severity < settings.Floor && settings.Hours?.EndAfter(Instant.Max(due, present), zone) is { } end)
        {
            return new Hold(Quiet, end.ToDateTimeOffset());
        }

        return due > present ? new Hold(rhythm.ToString(), due.ToDateTimeOffset()) : null;
    }

    /// <summary>What a held alert waits for, and until when, by the clocks of its channel.</summary>
    /// <param name="held">As <see cref="For"/> was stored.</param>
    public static string Told(string held, DateTimeOffset until, DateTimeZone zone, DateTimeOffset now)
    {
        var what = held == Quiet ? "the end of the quiet hours" : $"the {DigestRhythm.TitleOf(held).ToLowerInvariant()}";
        return until <= now ? $"held for {what}, which is due" : $"held for {what} at {DayTimes.Text(Instant.FromDateTimeOffset(until), zone, Instant.FromDateTimeOffset(now))}";
    }
}
