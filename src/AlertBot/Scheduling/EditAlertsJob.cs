using AlertBot.Alerts;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Brings alerts up to date whose story was edited. A job of its own, so that no edit holds up an alert.</summary>
[DisallowConcurrentExecution]
internal sealed class EditAlertsJob(AlertEditor editor) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await editor.EditDueAsync(cancellationToken);
}
