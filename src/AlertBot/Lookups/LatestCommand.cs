using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/latest: the newest stories of the archive, or of one actor or topic.</summary>
internal sealed class LatestCommand(KnowledgeBase knowledge, StoryStore stories, TimeProvider time) : IChatCommand
{
    private const int Shown = 10;

    public CommandDescription Description { get; } = new("latest", "List the newest stories, of everything or of one actor or topic", NameOption.Any(knowledge))
    {
        Example = "latest north-korea",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Find(NameOption.Name)?.Trim() is not { Length: > 0 } typed)
        {
            return Listed("Latest stories", await stories.NewestAsync(Shown, cancellationToken));
        }

        var onlyTopics = typed.StartsWith("topic:", StringComparison.OrdinalIgnoreCase);
        var bare = onlyTopics ? typed["topic:".Length..] : typed;
        return (onlyTopics ? [] : knowledge.ResolveActors(bare), knowledge.ResolveTopics(bare)) switch
        {
            ([var actor], _) => await OfAsync(new TagName(TagKind.Actor, actor.Slug), actor.Name, cancellationToken),
            ([], [var topic, ..]) => await OfAsync(new TagName(TagKind.Topic, topic.Slug), topic.Name, cancellationToken),
            ([], []) => NameOption.Unknown(bare, knowledge.DidYouMean(bare, 5), Description.Name),
            var (several, _) => NameOption.Ambiguous(bare, several, Description.Name, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)),
        };
    }

    private async Task<Card> OfAsync(TagName name, string label, CancellationToken cancellationToken)
    {
        var newest = await stories.NewestTaggedAsync(TagStore.KindOf(name.Kind), name.Slug, Shown, cancellationToken);
        return Listed($"Latest stories: {label}", newest) with { Actions = [new CardAction($"Follow {label}", $"/follow {name}")] };
    }

    private static Card Listed(string title, IReadOnlyList<Story> newest) => newest.Count > 0
        ? Card.Answer(title, StoryList.Of("Newest first", newest))
        : Card.Answer(title, new CardBlock.Paragraph("The archive has none yet. New stories come in as the feeds are polled; /feed list shows them."));
}
