using AlertBot.Alerts;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>What changes in how follows and channels are told, in plain words.</summary>
internal static class TellingWords
{
    public static IEnumerable<string> Of(FollowTelling from, FollowTelling to)
    {
        if (from.Digest != to.Digest)
        {
            yield return to.Digest is null ? "told when the channel is told" : $"told {DigestOption.Told(DigestRhythm.Parse(to.Digest)!)}";
        }

        if (from.Ping != to.Ping)
        {
            yield return to.Ping is null ? $"no longer calls {from.Ping}" : $"calls {to.Ping}{(from.Ping is null ? "" : $" instead of {from.Ping}")}";
        }

        if (from.MutedUntil != to.MutedUntil)
        {
            yield return to.MutedUntil is { } until ? $"muted until {until:u}" : "no longer muted";
        }
    }

    public static IEnumerable<string> Of(ChannelSettings from, ChannelSettings to)
    {
        if (from.Digest != to.Digest)
        {
            yield return $"stories are told {DigestOption.Told(to.Rhythm)}";
        }

        if (from.UrgentWaits != to.UrgentWaits)
        {
            yield return $"urgent stories {(to.UrgentWaits ? "wait for the digest, too" : "go at once")}";
        }

        if (from.Quiet != to.Quiet || from.Floor != to.Floor)
        {
            yield return to.Quiet is null ? "no quiet hours" : $"quiet hours {to.Quiet}, but for what is {ChannelQuietCommand.Told(to.Floor)}";
        }

        if (from.TimeZone != to.TimeZone)
        {
            yield return $"time zone {to.TimeZone ?? TimeZones.Default}";
        }

        if (from.Growth != to.Growth)
        {
            yield return $"when an event goes on, {ChannelGrowthCommand.Told(to.Growth)}";
        }

        if (from.PingsPerHour != to.PingsPerHour)
        {
            yield return to.PingsPerHour is { } most ? $"alerts call roles {ChannelPingsCommand.Told(most)}" : "alerts call roles as often as the bot's settings say";
        }
    }
}
