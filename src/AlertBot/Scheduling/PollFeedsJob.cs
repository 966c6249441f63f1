using AlertBot.Polling;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Polls the feeds that are due, and those that become due meanwhile: a stop of the program ends it.</summary>
[DisallowConcurrentExecution]
internal sealed class PollFeedsJob(FeedPoller poller, IHostApplicationLifetime lifetime) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await poller.PollDueAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was under way is due still at the next start.
        }
    }
}
