using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;

namespace AlertBot.Moderation;

/// <summary>/topics try: tells which of the newest stories a topic would match with these phrases; changes nothing.</summary>
internal sealed class TopicsTryCommand(KnowledgeBase knowledge, TopicEdits edits, TopicPreview preview, RetagPreview retagging) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "topics try",
        "See which of the newest stories a new or changed topic would match; nothing is changed",
        new CommandOption(TopicOption.Topic, "The topic to change: its slug or name; or the name of a new one") { Required = true, Suggest = TopicOption.Of(knowledge, OptionKind.Text).Suggest },
        TopicOption.OfDefinition(),
        TopicOption.OfThreshold(),
        TopicOption.OfPhrases("Its phrases with ; between them; as they are if left out"))
    {
        ModeratorsOnly = true,
        Private = true,
        AlsoTyped = "topic try",
        Example = "topics try sanctions threshold:3",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var typed = invocation[TopicOption.Topic].Trim();
        var before = knowledge.ResolveTopics(typed) is [var known, ..] ? known : null;
        var (after, unread) = TopicDraft.Read(invocation, before ?? new Topic(Slugs.Of(typed), typed, "", []));
        if (unread.Concat(edits.FaultsOf(after)).ToList() is { Count: > 0 } faults)
        {
            return ActorChange.Refused($"{after.Name} can't be tried", faults);
        }

        var forecast = await retagging.OfAsync(knowledge.Current.With(after), cancellationToken);
        return Card.Answer(
            $"{after.Name}, tried",
            [new CardBlock.Facts([.. TopicChange.Facts(before, after)]), .. await preview.OfAsync(before, after, cancellationToken), new CardBlock.Paragraph($"{ForecastCard.Reach(forecast)} Nothing was changed.")]);
    }
}
