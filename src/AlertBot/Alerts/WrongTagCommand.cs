using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Alerts;

/// <summary>/wrong-tag: somebody says that a tag of an alert is wrong. Moderators see it; nothing changes by itself.</summary>
internal sealed class WrongTagCommand(AlertHistory history, TagReports reports, KnowledgeBase knowledge) : IChatCommand
{
    private const string Tag = "tag";
    private const int MaxChoices = 25;

    public CommandDescription Description { get; } = new(
        "wrong-tag",
        "Say that a tag of an alert is wrong",
        AlertHistory.Option,
        new CommandOption(Tag, "The tag; to choose from a list, leave it out", OptionKind.Rest)
        {
            Suggest = typed => knowledge.SuggestNames(typed, MaxChoices).Select(s => new Choice(new TagName(s.Kind, s.Slug).ToString(), s.Label)),
        })
    {
        Example = "wrong-tag 12 topic:sanctions",
        Private = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await history.FindAsync(invocation, cancellationToken) is not var (id, alert))
        {
            return AlertHistory.NotFound(invocation);
        }

        var tags = alert.Reasons.SelectMany(r => r.Tags).DistinctBy(t => t.Name).ToList();
        if (tags.Count == 0)
        {
            return Card.Answer("This alert rests on no tag", new CardBlock.Paragraph($"/why {id} shows the follow that brought it."));
        }

        if (invocation.Find(Tag)?.Trim() is not { Length: > 0 } typed)
        {
            return Choosing(Card.Answer("Which tag is wrong?"), id, tags);
        }

        return tags.Find(t => Means(typed, t)) is { } wrong
            ? Thanks(wrong, await reports.AddAsync(alert.Story, wrong, invocation.Channel, invocation.User, cancellationToken))
            : Choosing(Card.Problem($"Alert {id} has no tag '{typed}'"), id, tags);
    }

    private bool Means(string typed, AlertTag tag)
    {
        var name = TagName.Parse(tag.Name);
        return new[] { tag.Name, name.Slug, knowledge.NameOf(name) }.Contains(typed, StringComparer.OrdinalIgnoreCase);
    }

    private Card Choosing(Card card, AlertId id, IReadOnlyList<AlertTag> tags) => card with
    {
        Blocks = [new CardBlock.Paragraph($"Choose one, or type /wrong-tag {id} and its name: {string.Join(", ", tags.Select(t => t.Name))}.")],
        Menu = new CardMenu(
            "Which tag is wrong?",
            [.. tags.Take(MaxChoices).Select(t => new CardAction(knowledge.NameOf(TagName.Parse(t.Name)), $"/wrong-tag {id} {t.Name}") { Detail = $"“{t.Matched}” ({t.Rule})" })]),
    };

    private Card Thanks(AlertTag wrong, bool added) => Card.Answer(
        added ? $"Thank you: {knowledge.NameOf(TagName.Parse(wrong.Name))} is noted as wrong" : "You have said so before, thank you",
        new CardBlock.Paragraph("Moderators see the story, the tag, the sentence and the rule under /wrong-tags, and mend the names or phrases that led to it."));
}
