using AlertBot.Polling;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Polls the feeds that are due.</summary>
[DisallowConcurrentExecution]
internal sealed class PollFeedsJob(FeedPoller poller) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await poller.PollDueAsync(cancellationToken);
}
