using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>A change of a topic in words.</summary>
internal static class TopicChange
{
    /// <summary>One row for each thing that differs.</summary>
    public static IEnumerable<CardFact> Facts(Topic? from, Topic? to)
    {
        if (from is null || to is null)
        {
            yield return new CardFact(from is null ? "Added" : "Removed", (to ?? from)?.Name ?? "");
        }

        if (from is not null && to is not null && from.Name != to.Name)
        {
            yield return new CardFact("Name", $"{from.Name} → {to.Name}");
        }

        if (to is not null && (from?.Definition ?? "") != to.Definition)
        {
            yield return new CardFact("Definition", to.Definition.Length == 0 ? "none" : to.Definition);
        }

        if (to is not null && from?.Threshold != to.Threshold)
        {
            yield return new CardFact("Threshold", $"{Threshold(from)} → {Threshold(to)}");
        }

        if (to is not null && from?.Severity != to.Severity)
        {
            yield return new CardFact("Severity", $"{SeverityOf(from)} → {SeverityOf(to)}");
        }

        var (before, after) = (LinesOf(from), LinesOf(to));
        if (to is not null && after.Except(before).ToList() is { Count: > 0 } added)
        {
            yield return new CardFact("Phrases added", string.Join("; ", added));
        }

        if (to is not null && before.Except(after).ToList() is { Count: > 0 } removed)
        {
            yield return new CardFact("Phrases removed", string.Join("; ", removed));
        }
    }

    /// <summary>What came of a change, for the channel.</summary>
    /// <param name="preview">Which stories the topic matches now.</param>
    public static Card Answer(TopicEditResult result, string done, string refused, IReadOnlyList<CardBlock> preview) => result switch
    {
        TopicEditResult.Done(var from, var to, var number) => Card.Answer(
            $"{done} {(to ?? from)?.Name ?? "a topic that is gone"}",
            [
                new CardBlock.Facts([.. Facts(from, to)]),
                .. preview,
                new CardBlock.Paragraph(to is null
                    ? "New stories do not get it any more, and it is taken from those of the archive in the background. A follow of it stays and brings nothing."
                    : "New stories are tagged with it from now on; those of the archive are tagged anew in the background, and nothing is posted for them."),
            ]) with
        {
            Actions = [UndoCommand.Of(number), .. to is null ? [] : new[] { new CardAction($"Topic: {to.Name}", $"/topic {to.Slug}") }, new CardAction("The archive", "/retag")],
        },
        TopicEditResult.Refused(var why) => ActorChange.Refused(refused, why),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    private static string Threshold(Topic? topic) => topic?.Threshold is null ? "the usual" : TopicDraft.Number(topic.Threshold);

    public static string SeverityOf(Topic? topic) => (topic?.Severity ?? Severities.Usual).Word();

    private static string[] LinesOf(Topic? topic) => topic is null ? [] : TopicDraft.PhrasesOf(topic).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
