using AlertBot.Stories;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Forgets what is too old or too much, a little at a time so that nothing else waits for it.</summary>
[DisallowConcurrentExecution]
internal sealed class PruneStoriesJob(Retention retention) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await retention.PruneAsync(null, cancellationToken);
}
