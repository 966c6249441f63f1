using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/topics phrase: adds and removes single phrases of a topic; the others stay. One that is there already gets the new weight and context.</summary>
internal sealed class TopicsPhraseCommand(KnowledgeBase knowledge, TopicEditor editor) : IChatCommand
{
    private const string Add = "add";
    private const string Remove = "remove";

    public CommandDescription Description { get; } = new(
        "topics phrase",
        "Add and remove single phrases of a topic; shows first what that does to the archive",
        TopicOption.Of(knowledge, OptionKind.Text),
        new CommandOption(Add, "Phrases to add, with ; between them: asset freeze; ban = 0.5 near: bank", OptionKind.Rest),
        new CommandOption(Remove, "Phrases to remove, with ; between them", OptionKind.Rest),
        ApplyOption.Option)
    {
        ModeratorsOnly = true,
        Changes = true,
        AlsoTyped = "topic phrase",
        Example = "topics phrase sanctions add:asset freeze; ban = 0.5 near: oligarch, bank remove:embargo",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (found, problem) = TopicOption.Find(invocation[TopicOption.Topic].Trim(), knowledge, "topics edit");
        if (found is not { } before)
        {
            return problem!;
        }

        var (added, removed) = (LinesOf(invocation.Find(Add)), LinesOf(invocation.Find(Remove)));
        var lines = LinesOf(TopicDraft.PhrasesOf(before));
        var faults = FaultsOf(before, lines, added, removed).ToList();
        var kept = lines.Where(line => !removed.Any(r => Names(r, line)) && !added.Any(a => SameWords(a, line)));
        var (after, unread) = TopicDraft.WithPhrases(before, string.Join('\n', kept.Concat(added)));
        if (faults.Concat(unread).ToList() is { Count: > 0 } all)
        {
            return ActorChange.Refused($"{before.Name} was not edited", all);
        }

        var options = new[] { (TopicOption.Topic, before.Slug), (Add, string.Join("; ", added)), (Remove, string.Join("; ", removed)) }.Where(o => o.Item2.Length > 0);
        return await editor.ChangeAsync(invocation, Description, options, before, after, cancellationToken);
    }

    private static IEnumerable<string> FaultsOf(Topic topic, IReadOnlyList<string> lines, IReadOnlyList<string> added, IReadOnlyList<string> removed)
    {
        if (added.Count + removed.Count == 0)
        {
            yield return $"Say which: /topics phrase {topic.Slug} add:one; two = 0.5 near: three or remove:four.";
        }

        foreach (var unknown in removed.Where(r => !lines.Any(line => Names(r, line))))
        {
            yield return $"“{unknown}” is no phrase of {topic.Name}: it has {string.Join("; ", lines)}.";
        }

        foreach (var both in added.Where(a => removed.Any(r => SameWords(a, r))))
        {
            yield return $"“{both}” is to be added and removed: to change it, add it with what shall be.";
        }
    }

    // The words alone are enough to name a phrase, all of the line is never wrong.
    private static bool Names(string typed, string line) => typed.Equals(line, StringComparison.OrdinalIgnoreCase) || typed.Equals(TopicPhraseText.WordsOf(line), StringComparison.OrdinalIgnoreCase);

    private static bool SameWords(string one, string other) => TopicPhraseText.WordsOf(one).Equals(TopicPhraseText.WordsOf(other), StringComparison.OrdinalIgnoreCase);

    private static string[] LinesOf(string? text) => (text ?? "").Split([';', '\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
