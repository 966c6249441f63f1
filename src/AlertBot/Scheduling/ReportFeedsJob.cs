using AlertBot.Moderation;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Tells moderators which feeds fell sick and which are well again.</summary>
[DisallowConcurrentExecution]
internal sealed class ReportFeedsJob(FeedHealthReporter reporter) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await reporter.SweepAsync(cancellationToken);
}
