using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Feeds.Finding;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Subscriptions;
using AlertBot.Tagging;

namespace AlertBot.Moderation;

/// <summary>What a moderator sees of a feed before it is polled: its newest items with their tags, and how many alerts it would make. Stores nothing.</summary>
internal sealed class FeedPreview(StoryTagger tagger, KnowledgeBase knowledge, SubscriptionStore subscriptions, TimeProvider time)
{
    private const int Samples = 3;

    /// <summary>A feed whose newest item is older than this looks dead.</summary>
    private static readonly TimeSpan Dead = TimeSpan.FromDays(182);

    /// <param name="here">The channel that asks.</param>
    public async Task<IReadOnlyList<CardBlock>> OfAsync(FoundFeed found, ChannelAddress here, CancellationToken cancellationToken)
    {
        var newest = found.Newest;
        var facts = new CardBlock.Facts([new CardFact("Format", found.Feed.Format), new CardFact("Items", Count(newest.Count)), new CardFact("Newest item", Newest(found))]);
        if (newest.Count == 0)
        {
            return [facts, new CardBlock.Paragraph("Warning: it has no items at the moment. It may be new, or dead.")];
        }

        var follows = await subscriptions.ListAsync(cancellationToken);
        return
        [
            .. IsAlive(found) ? Array.Empty<CardBlock>() : [new CardBlock.Paragraph($"Warning: its newest item is {Newest(found)}. It looks dead.")],
            facts,
            new CardBlock.Items("Its newest items and the tags they would get", [.. newest.Take(Samples).Select(Sample)]),
            .. ForecastWords.Of(AlertForecast.Of(newest, Tag, follows, here, time.GetUtcNow()), follows.Any(f => f.Channel == here)),
        ];
    }

    /// <summary>Whether it has items, and a new one came in the last half year; without dates nobody knows, and it counts as alive.</summary>
    public bool IsAlive(FoundFeed found) => found.Feed.Entries.Count > 0 && !(time.GetUtcNow() - found.NewestAt(time.GetUtcNow()) > Dead);

    /// <summary>A feed in one line, for choosing among several.</summary>
    public string Line(FoundFeed found) => $"{found.Feed.Format}, {Count(found.Feed.Entries.Count)} {(found.Feed.Entries.Count == 1 ? "item" : "items")}, newest {Newest(found)}";

    private string Newest(FoundFeed found) => found.NewestAt(time.GetUtcNow()) is { } at ? $"{ForecastWords.Words(time.GetUtcNow() - at)} ago" : "without a date";

    private CardItem Sample(FeedEntry entry)
    {
        var names = Tag(entry).Tags.OrderByDescending(t => t.Salience).Select(t => knowledge.NameOf(t.Name)).ToList();
        return new CardItem(entry.Title.Length > 0 ? entry.Title : "(no title)", entry.Link, names.Count == 0 ? "no tags" : string.Join(", ", names), entry.Claimed);
    }

    private TaggedText Tag(FeedEntry entry) => tagger.Tag(new StoryText(entry.Title, entry.Body, entry.Claimed));

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
