using AlertBot.Alerts;
using AlertBot.Checkups;
using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Subscriptions;
using Microsoft.Extensions.Options;

namespace AlertBot.Web;

/// <summary>/health for people, load balancers and the container: 200 while the poll loop moves, 503 when it stands still. What the checks of /doctor find that cost nothing stands in it, too.</summary>
internal static class HealthPage
{
    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.MapGet("/health", async (
        FeedStore feeds, OutboxStatus outbox, ChannelTroubles troubles, IEnumerable<IChatPlatform> platforms, Checkup checkup, IOptions<FeedsOptions> options, TimeProvider time, CancellationToken cancellationToken) =>
    {
        var listed = await feeds.ListAsync(cancellationToken);
        var queue = await outbox.StateAsync(cancellationToken);
        var now = time.GetUtcNow();
        var alive = PulseCheck.IsAlive(feeds.LastSweepAt, options.Value.Sweep, now);
        var health = new Health(
            alive ? "ok" : "polling has stopped",
            feeds.LastSweepAt,
            new FeedsHealth(listed.Count, listed.Count(f => f.Failures > 0 && f.PausedAt is null), listed.Count(f => f.PausedAt is not null)),
            new AlertsHealth(
                queue.Pending, queue.Held, queue.OldestPending is { } oldest ? (long)(now - oldest).TotalSeconds : 0, queue.Sent, queue.Refused, queue.Abandoned, await troubles.CountAsync(cancellationToken)),
            platforms.ToDictionary(p => p.Name, p => p.Trouble ?? "ok"),
            await checkup.RunAsync(CheckReach.Process | CheckReach.Database, null, cancellationToken));
        return Results.Json(health, statusCode: alive ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    });

    private sealed record Health(string Status, DateTimeOffset? LastSweep, FeedsHealth Feeds, AlertsHealth Alerts, IReadOnlyDictionary<string, string> Platforms, IReadOnlyList<Finding> Checks);

    private sealed record FeedsHealth(int Total, int Failing, int Paused);

    private sealed record AlertsHealth(long Pending, long Held, long OldestPendingSeconds, long SentInDay, long Refused, long Abandoned, long ChannelsPaused);
}
