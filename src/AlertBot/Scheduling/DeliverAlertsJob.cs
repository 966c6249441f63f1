using AlertBot.Alerts;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Sends the alerts that are due, and what people are told about their channels.</summary>
[DisallowConcurrentExecution]
internal sealed class DeliverAlertsJob(AlertDispatcher alerts, NoticeDispatcher notices) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await alerts.DeliverDueAsync(cancellationToken);
        await notices.DeliverDueAsync(cancellationToken);
    }
}
