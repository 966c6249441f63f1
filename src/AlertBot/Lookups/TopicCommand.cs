using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories.Events;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/topic: what a topic means, how often and with whom it is in the news, its latest events.</summary>
internal sealed class TopicCommand(KnowledgeBase knowledge, TagStore tags, EventStore events, TimeProvider time) : IChatCommand
{
    private const int MostPhrases = 12;
    private const int MostEvents = 6;

    // Enough for some events that each have many stories.
    private const int MostStories = 60;

    public CommandDescription Description { get; } = new("topic", "Show a topic: what belongs to it, its actors, its latest events", NameOption.Topic(knowledge))
    {
        Example = "topic sanctions",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var typed = invocation[NameOption.Name].Trim();
        var bare = typed.StartsWith("topic:", StringComparison.OrdinalIgnoreCase) ? typed["topic:".Length..] : typed;
        var (found, problem) = NameOption.Find($"topic:{bare}", knowledge, DateOnly.FromDateTime(now.UtcDateTime), n => $"/topic {n.Slug}");
        return found is not null && knowledge.FindTopic(found.Tag.Slug) is { } topic ? found.Tell(await DescribeAsync(found, topic, now, cancellationToken)) : problem!;
    }

    private async Task<Card> DescribeAsync(NamedTag named, Topic topic, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mentions = await Mentions.ReadAsync(named, DateOnly.FromDateTime(now.UtcDateTime), knowledge, tags, cancellationToken);
        var newest = await tags.NewestAsync(named.Tag, Period.Always.From, Period.Always.To, isMain: false, MostStories, cancellationToken);
        var latest = (await events.OfStoriesAsync(newest, cancellationToken)).Take(MostEvents);
        return Card.Answer(
            topic.Name,
            new CardBlock.Paragraph(topic.Definition),
            new CardBlock.Facts(
            [
                new CardFact("Severity", (topic.Severity ?? Severities.Usual).Word()),
                new CardFact("Phrases", Offices.Some([.. topic.Keywords.Concat(topic.Phrases.SelectMany(phrase => phrase.Texts)).Distinct()], MostPhrases)),
                .. mentions.Facts(knowledge),
            ]),
            new CardBlock.Items("Latest events", [.. latest.Select(EventLine.Of)])) with
        {
            At = mentions.Newest,
            Image = mentions.Chart,
            Topic = topic.Slug,
            Actions =
            [
                new CardAction($"Follow {topic.Name}", $"/follow {named.Tag}"), new CardAction("Timeline", $"/timeline {named.Tag}"),
                new CardAction("Stories", $"/latest {named.Tag}"), .. topic.Keywords.Take(1).Select(k => new CardAction("Search", $"/search {CommandText.Quote(k)} topic:{topic.Slug}")),
            ],
        };
    }
}
