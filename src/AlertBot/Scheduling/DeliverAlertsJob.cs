using AlertBot.Alerts;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Sends the alerts that are due, and what people are told about their channels.</summary>
[DisallowConcurrentExecution]
internal sealed class DeliverAlertsJob(DeliveryDispatcher dispatcher) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await dispatcher.KeepDeliveringAsync(cancellationToken);
}
