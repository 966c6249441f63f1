using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Checkups;

/// <summary>Whether what moderators edited still fits the knowledge files.</summary>
internal sealed class KnowledgeEditsCheck(ActorEdits actors, TopicEdits topics) : ICheck
{
    public string Subject => "Edits";

    public CheckReach Reach => CheckReach.Process;

    public Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> misfits =
        [
            .. actors.Misfits.Concat(topics.Misfits).Select(m => Finding.Warning(
                Subject, $"an edit of {m.Slug} by {m.By} does nothing any more: {m.Why}", "The knowledge files have changed since. Take the edit back, or make it anew so that it fits.")),
        ];
        return Task.FromResult(misfits.Count > 0 ? misfits : [Finding.Ok(Subject, "all that moderators edited is in force")]);
    }
}
