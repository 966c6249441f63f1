using AlertBot.Stories.Search;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Brings the index of words up to the archive. The longer it waits, the more stories share the work; a search takes in by itself what is missing.</summary>
[DisallowConcurrentExecution]
internal sealed class IndexStoriesJob(SearchIndex index) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await index.WorkAsync(cancellationToken);
}
