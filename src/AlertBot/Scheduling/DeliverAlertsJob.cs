using AlertBot.Alerts;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Sends the alerts that are due.</summary>
[DisallowConcurrentExecution]
internal sealed class DeliverAlertsJob(AlertDispatcher dispatcher) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await dispatcher.DeliverDueAsync(cancellationToken);
}
