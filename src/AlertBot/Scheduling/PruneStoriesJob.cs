using AlertBot.Stories;
using Microsoft.Extensions.Options;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>Forgets the text of old stories, a batch at a time so that nothing else waits for it.</summary>
[DisallowConcurrentExecution]
internal sealed class PruneStoriesJob(StoryStore stories, IOptions<RetentionOptions> options, TimeProvider time) : IJob
{
    private const int Batch = 500;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.Text;
        while (await stories.PruneAsync(before, Batch, cancellationToken) == Batch)
        {
        }
    }
}
