using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Moderation;

/// <summary>/topics edit: shows a topic's phrases in a form for changing them, with its history; elsewhere with the line to type.</summary>
internal sealed class TopicsEditCommand(KnowledgeBase knowledge, TopicEdits edits) : IChatCommand
{
    private const int LongestTitle = 45;
    private const int EditsShown = 5;

    public CommandDescription Description { get; } = new("topics edit", "Change what a topic is found by in a form", TopicOption.Of(knowledge, OptionKind.Rest))
    {
        ModeratorsOnly = true,
        Private = true,
        AlsoTyped = "topic edit",
        Example = "topics edit sanctions",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (found, problem) = TopicOption.Find(invocation[TopicOption.Topic].Trim(), knowledge, Description.Name);
        if (found is not { } topic)
        {
            return problem!;
        }

        var history = await edits.HistoryAsync(topic.Slug, EditsShown, cancellationToken);
        var title = $"Edit {topic.Name}";
        return Card.Answer(
            title,
            [
                new CardBlock.Facts(
                [
                    new CardFact("Name", topic.Name),
                    new CardFact("Definition", topic.Definition.Length > 0 ? topic.Definition : "none"),
                    new CardFact("Threshold", topic.Threshold is null ? "the usual" : TopicDraft.Number(topic.Threshold)),
                    new CardFact("Severity", TopicChange.SeverityOf(topic)),
                    new CardFact("Phrases", TopicDraft.PhrasesOf(topic).Replace("\n", "; ", StringComparison.Ordinal)),
                ]),
                new CardBlock.Paragraph($"To change it, type /topics set {topic.Slug} with what shall be: name:\"New name\" threshold:3 phrases:one; two = 0.5 near: three. The phrases come last and replace all that are there; what you leave out stays."),
                .. Edits(history),
            ]) with
        {
            Form = TopicDraft.Form(title.Length <= LongestTitle ? title : title[..(LongestTitle - 1)] + "…", $"/topics set {topic.Slug}", topic),
            Actions = history.FirstOrDefault(c => c.Stands) is { } last ? [UndoCommand.Of(last.Id, "Undo the last edit")] : [],
        };
    }

    private static IEnumerable<CardBlock> Edits(IReadOnlyList<StoredChange> history)
    {
        if (history.Count > 0)
        {
            yield return new CardBlock.Items("Last edits", [.. history.Select(c => (Change: c, Edit: TopicEdit.Of(c))).Select(c => new CardItem(
                string.Join("; ", TopicChange.Facts(c.Edit.From, c.Edit.To).Select(f => $"{f.Label}: {f.Value}")),
                Detail: $"by {c.Change.Change.By}{(c.Change.Stands ? "" : $", taken back by {c.Change.UndoneBy}")}",
                At: c.Change.At))]);
        }
    }
}
