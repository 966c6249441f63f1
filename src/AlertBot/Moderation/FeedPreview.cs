using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Tagging;

namespace AlertBot.Moderation;

/// <summary>Reads a feed once, without storing anything, so that a moderator sees what it would bring.</summary>
internal sealed class FeedPreview(FeedFetcher fetcher, StoryTagger tagger, KnowledgeBase knowledge)
{
    private const int Samples = 3;

    /// <returns>The feed, or the reason why it can't be read.</returns>
    public async Task<(ParsedFeed? Feed, string Why)> ReadAsync(Uri address, CancellationToken cancellationToken) =>
        await fetcher.FetchAsync(address, null, null, cancellationToken) switch
        {
            FetchResult.Fetched(var document, _, _, _) => FeedParser.Parse(document) switch
            {
                FeedReading.Parsed(var feed) => (feed, ""),
                FeedReading.NotAFeed(var why) => (null, $"what is there is not a feed: {why}"),
                var other => throw new InvalidOperationException($"Unknown result {other}."),
            },
            FetchResult.RateLimited(var until) => (null, $"the site asks us to wait until {until:u}"),
            FetchResult.Gone => (null, "410: the publisher ended this feed"),
            FetchResult.Failed(_, var why) => (null, why),
            var other => throw new InvalidOperationException($"Unexpected {other}."),
        };

    /// <summary>The newest items, each with the tags that it would get.</summary>
    public CardBlock Sample(ParsedFeed feed) => feed.Entries.Count == 0 ? new CardBlock.Paragraph("It has no items at the moment.") : new CardBlock.Items(
        "Its newest items and the tags they would get",
        [.. feed.Entries.Take(Samples).Select(e => new CardItem(e.Title.Length > 0 ? e.Title : "(no title)", e.Link, Tags(e), e.Published ?? e.Updated))]);

    private string Tags(FeedEntry entry)
    {
        var tags = tagger.Tag(new StoryText(entry.Title, entry.Content ?? entry.Summary ?? "", entry.Published ?? entry.Updated)).Tags;
        var names = tags.OrderByDescending(t => t.Salience).Select(t => knowledge.NameOf(t.Name));
        return tags.Count == 0 ? "no tags" : string.Join(", ", names);
    }
}
