using AlertBot.Alerts;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Has told what was held and is due.</summary>
[DisallowConcurrentExecution]
internal sealed class CloseDigestsJob(DigestDesk desk) : IJob
{
    /// <summary>The start of each minute: digests are due at full minutes.</summary>
    public const string EachMinute = "0 * * * * ?";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await desk.CloseDueAsync(cancellationToken);
}
