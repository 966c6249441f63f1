using AlertBot.Retagging;
using AlertBot.Storage;
using Microsoft.Extensions.Options;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Tags the archive anew where what is known has changed, half of the time at most: the other half is for what is new.</summary>
[DisallowConcurrentExecution]
internal sealed class RetagJob(Retagger retagger, IOptions<StorageOptions> storage) : IJob
{
    // A schedule that is kept in a database is not one for every moment.
    public static TimeSpan Interval(StorageOptions storage) => storage.IsShared ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(500);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await retagger.WorkAsync(Interval(storage.Value) / 2, cancellationToken);
}
