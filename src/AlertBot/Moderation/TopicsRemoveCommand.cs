using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/topics remove: new stories no longer get the topic, and those of the archive lose it.</summary>
internal sealed class TopicsRemoveCommand(KnowledgeBase knowledge, TopicEdits edits, TopicPreview preview) : IChatCommand
{
    public CommandDescription Description { get; } = new("topics remove", "Remove a topic; new stories do not get it any more", TopicOption.Of(knowledge, OptionKind.Rest))
    {
        ModeratorsOnly = true,
        Changes = true,
        AlsoTyped = "topic remove",
        Example = "topics remove sport",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (found, problem) = TopicOption.Find(invocation[TopicOption.Topic].Trim(), knowledge, Description.Name);
        return found is not { } topic ? problem! : TopicChange.Answer(
            await edits.RemoveAsync(topic.Slug, invocation.Origin, cancellationToken),
            "Removed",
            $"{topic.Name} was not removed",
            await preview.OfAsync(topic, null, cancellationToken));
    }
}
