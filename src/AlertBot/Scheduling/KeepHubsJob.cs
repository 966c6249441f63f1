using AlertBot.Feeds.Hubs;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Asks hubs for the feeds that they push, and renews what ends.</summary>
[DisallowConcurrentExecution]
internal sealed class KeepHubsJob(HubKeeper keeper) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await keeper.KeepAsync(cancellationToken);
}
