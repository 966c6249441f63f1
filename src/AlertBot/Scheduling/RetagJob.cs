using AlertBot.Retagging;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Tags the archive anew where what is known has changed, half of the time at most: the other half is for what is new.</summary>
[DisallowConcurrentExecution]
internal sealed class RetagJob(Retagger retagger) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await retagger.WorkAsync(Interval / 2, cancellationToken);
}
