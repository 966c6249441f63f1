using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;

namespace AlertBot.Moderation;

/// <summary>Changes a part of a topic as a moderator asked for it: tells first what that does to the archive, unless it shall be done at once.</summary>
internal sealed class TopicEditor(KnowledgeBase knowledge, TopicEdits edits, TopicPreview preview, RetagPreview retagging)
{
    /// <param name="options">The options of the command that asks, for doing the same at once.</param>
    public async Task<Card> ChangeAsync(
        CommandInvocation invocation, CommandDescription command, IEnumerable<(string Option, string Value)> options, Topic before, Topic after, CancellationToken cancellationToken)
    {
        var refused = $"{before.Name} was not edited";
        if (edits.FaultsOf(after) is { Count: > 0 } faults)
        {
            return ActorChange.Refused(refused, faults);
        }

        var examples = await preview.OfAsync(before, after, cancellationToken);
        var next = knowledge.Current.With(after);
        if (!ApplyOption.IsGiven(invocation) && await retagging.OfAsync(next, cancellationToken) is { Changed: > 0 } forecast)
        {
            var change = new CardBlock.Facts([new CardFact("Topic", $"{before.Name} ({before.Slug})"), .. TopicChange.Facts(before, after)]);
            return ForecastCard.Ask([change, .. examples], forecast, next, ApplyOption.LineOf(command, options));
        }

        return TopicChange.Answer(await edits.PutAsync(after, invocation.Origin, cancellationToken), "Edited", refused, examples);
    }
}
