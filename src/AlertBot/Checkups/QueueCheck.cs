using System.Globalization;
using AlertBot.Alerts;
using AlertBot.Feeds.Health;
using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Checkups;

/// <summary>Whether alerts are delivered.</summary>
internal sealed class QueueCheck(OutboxStatus outbox, ChannelTroubles troubles, IEnumerable<IChatPlatform> platforms, TimeProvider time) : ICheck
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TooLate = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Lately = TimeSpan.FromDays(1);

    public string Subject => "Delivery";

    public CheckReach Reach => CheckReach.Database;

    public async Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return [.. Judge(await outbox.TrafficAsync(now - Lately, platforms.Select(p => p.Name), cancellationToken), await troubles.CountAsync(cancellationToken), now)];
    }

    public IEnumerable<Finding> Judge(OutboxTraffic traffic, long channelsClosed, DateTimeOffset now)
    {
        var age = now - traffic.OldestOpen ?? TimeSpan.Zero;
        yield return traffic.Pending == 0 ? Finding.Ok(Subject, "no alert waits")
            : age < Late ? Finding.Ok(Subject, $"{Count(traffic.Pending)} alerts wait, none of them for long in an open channel")
            : new Finding(age < TooLate ? Grade.Warning : Grade.Fault, Subject, $"{Count(traffic.Pending)} alerts wait, the oldest for {Spoken.Of(age)}", "See what is said of the platforms; the bot's log says why an alert is tried again.");
        if (traffic.PendingElsewhere > 0)
        {
            yield return Finding.Warning(
                Subject, $"{Count(traffic.PendingElsewhere)} {(traffic.PendingElsewhere == 1 ? "alert waits" : "alerts wait")} for a platform that is switched off", "They go out when it is switched on again, the old ones on one card a channel. /unfollow or /mute ends it.");
        }

        if (channelsClosed > 0)
        {
            yield return Finding.Warning(Subject, $"{Count(channelsClosed)} {(channelsClosed == 1 ? "channel gets" : "channels get")} no alerts for now", "/following in a channel says what is missing there.");
        }

        if (traffic.Refused > 0)
        {
            yield return Finding.Warning(
                Subject, $"{Count(traffic.Refused)} {(traffic.Refused == 1 ? "alert was" : "alerts were")} refused or given up since yesterday, the last for this: {traffic.LastRefusal}", "They are not sent any more. Mend the cause, so that the next ones are.");
        }
    }

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}
