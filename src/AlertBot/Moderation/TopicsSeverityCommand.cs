using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/topics severity: how much hurry a topic's stories are in, from the next one on. What was tagged stays as it is.</summary>
internal sealed class TopicsSeverityCommand(KnowledgeBase knowledge, TopicEdits edits) : IChatCommand
{
    private const string Value = "severity";

    public CommandDescription Description { get; } = new(
        "topics severity",
        "Say how much hurry a topic's stories are in: urgent ones go at once where others wait",
        TopicOption.Of(knowledge, OptionKind.Text),
        new CommandOption(Value, "urgent, notable or routine")
        {
            Required = true,
            Suggest = typed => Severities.Words.Where(w => w.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(w => new Choice(w, w)),
        })
    {
        ModeratorsOnly = true,
        Changes = true,
        AlsoTyped = "topic severity",
        Example = "topics severity cyber-attacks urgent",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (found, problem) = TopicOption.Find(invocation[TopicOption.Topic].Trim(), knowledge, "topics edit");
        if (found is not { } before)
        {
            return problem!;
        }

        var refused = $"{before.Name} was not edited";
        if (Severities.Parse(invocation[Value]) is not { } severity)
        {
            return ActorChange.Refused(refused, [$"“{invocation[Value]}” is no severity: write {string.Join(", ", Severities.Words)}."]);
        }

        return await edits.PutAsync(before with { Severity = severity }, invocation.Origin, cancellationToken) switch
        {
            TopicEditResult.Done(var from, var to, var number) => Card.Answer(
                $"Edited {before.Name}",
                new CardBlock.Facts([.. TopicChange.Facts(from, to)]),
                new CardBlock.Paragraph("New stories of the topic are that urgent from now on; a story goes by its most urgent topic.")) with
            {
                Actions = [UndoCommand.Of(number)],
            },
            TopicEditResult.Refused(var why) => ActorChange.Refused(refused, why),
            var result => throw new InvalidOperationException($"Unknown result {result}."),
        };
    }
}
