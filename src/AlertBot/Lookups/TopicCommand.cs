using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/topic: what a topic means, who it is about most, its latest stories.</summary>
internal sealed class TopicCommand(KnowledgeBase knowledge, TagStore tags, StoryStore stories) : IChatCommand
{
    public CommandDescription Description { get; } = new("topic", "Show a topic: what belongs to it, its actors, its latest stories", NameOption.Topic(knowledge))
    {
        Example = "topic sanctions",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var typed = invocation[NameOption.Name].Trim();
        var bare = typed.StartsWith("topic:", StringComparison.OrdinalIgnoreCase) ? typed["topic:".Length..] : typed;
        return knowledge.ResolveTopics(bare) is [var topic, ..]
            ? await DescribeAsync(topic, cancellationToken)
            : NameOption.Unknown(bare, [.. knowledge.DidYouMean(bare, 10).Where(s => s.Kind == TagKind.Topic)], n => $"/topic {n.Slug}");
    }

    private async Task<Card> DescribeAsync(Topic topic, CancellationToken cancellationToken)
    {
        var name = new TagName(TagKind.Topic, topic.Slug);
        var (count, newest) = await tags.CountAsync(name, cancellationToken);
        var company = await tags.OftenWithAsync(name, count, cancellationToken);
        var latest = await stories.NewestTaggedAsync(TagStore.KindOf(TagKind.Topic), topic.Slug, 5, cancellationToken);
        return Card.Answer(
            topic.Name,
            new CardBlock.Paragraph(topic.Definition),
            new CardBlock.Facts(
            [
                new CardFact("Severity", (topic.Severity ?? Severities.Usual).Word()),
                new CardFact("Phrases", string.Join(", ", topic.Keywords.Concat(topic.Phrases.SelectMany(phrase => phrase.Texts)))),
                new CardFact("In the archive", count == 0 ? "no story yet" : StoryList.Count(count)),
            ]),
            new CardBlock.Items("Actors", [.. company.Where(c => c.Name.Kind == TagKind.Actor).Take(5).Select(c => new CardItem(knowledge.NameOf(c.Name), Detail: StoryList.Count(c.Stories)))]),
            StoryList.Of("Latest stories", latest)) with
        {
            At = newest,
            Topic = topic.Slug,
            Actions = [new CardAction($"Follow {topic.Name}", $"/follow {name}"), new CardAction("More stories", $"/latest {name}")],
        };
    }
}
