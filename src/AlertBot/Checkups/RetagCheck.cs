using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;
using AlertBot.Stories;

namespace AlertBot.Checkups;

/// <summary>Whether the archive is tagged with what is known now.</summary>
internal sealed class RetagCheck(RetagStore states, StoryStore stories, KnowledgeBase knowledge) : ICheck
{
    public string Subject => "Archive";

    public CheckReach Reach => CheckReach.Process;

    public async Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken)
    {
        var state = await states.FindAsync(cancellationToken);
        if (state is { FinishedAt: not null } && state.Knowledge == knowledge.Current.Hash)
        {
            return [Finding.Ok(Subject, "it is tagged with all that is known now")];
        }

        var left = (await stories.CountBehindAsync(state?.Last, cancellationToken)).ToString(CultureInfo.InvariantCulture);
        return state is { PausedAt: { } since, PausedBy: var by }
            ? [Finding.Warning(Subject, $"tagging it anew is paused by {by} since {since:u}; {left} stories are left", "/retag start lets it go on.")]
            : [Finding.Ok(Subject, $"it is being tagged anew; {left} stories are left")];
    }
}
