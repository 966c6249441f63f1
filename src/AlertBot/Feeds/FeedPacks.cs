using AlertBot.Storage;
using Dapper;

namespace AlertBot.Feeds;

/// <summary>
/// The packs of the curated list, and what the bot has of each. A feed counts as there under each address that it ever
/// had, so that one that moved is not taken for a missing one.
/// </summary>
internal sealed class FeedPacks(Database database, FeedStore feeds, FeedChanges changes)
{
    private static readonly PackName WithoutPack = new("curated", "Curated feeds");

    private volatile IReadOnlyList<FeedPack> _all = [];

    /// <summary>As in the curated list; its feeds without a pack are one of their own. From memory.</summary>
    public IReadOnlyList<FeedPack> All => _all;

    public void Fill(IReadOnlyList<CatalogFeed> catalog) => _all = [.. catalog.GroupBy(f => f.Pack ?? WithoutPack).Select(g => new FeedPack(g.Key, [.. g]))];

    public FeedPack? Find(string slug) => All.FirstOrDefault(p => p.Name.Slug.Equals(slug, StringComparison.OrdinalIgnoreCase) || p.Name.Title.Equals(slug, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the bot has of each curated feed, by its address in the list; one that it never had is left out.</summary>
    public async Task<IReadOnlyDictionary<Uri, PackedFeed>> StateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT url AS Listed, id, url, paused_at AS PausedAt, removed_at AS RemovedAt FROM feeds
            UNION ALL
            SELECT a.url AS Listed, f.id, f.url, f.paused_at AS PausedAt, f.removed_at AS RemovedAt
            FROM former_feed_addresses a JOIN feeds f ON f.id = a.feed_id
            """);
        var known = rows.DistinctBy(r => r.Listed).ToDictionary(r => new Uri(r.Listed), r => r.ToFeed());
        return All.SelectMany(p => p.Feeds).Select(f => f.Address)
            .Select(a => (Address: a, Feed: known.GetValueOrDefault(a) ?? known.GetValueOrDefault(FeedAddress.OtherScheme(a))))
            .Where(f => f.Feed is not null)
            .ToDictionary(f => f.Address, f => f.Feed!);
    }

    /// <summary>Polls every feed of a pack from now on: adds what is missing, brings back what was removed, resumes what is paused.</summary>
    /// <returns>The pack's feeds, each with what it was before.</returns>
    public async Task<IReadOnlyList<(CatalogFeed Feed, PackedState Was)>> AddAsync(FeedPack pack, string addedBy, Author author, CancellationToken cancellationToken)
    {
        var state = await StateAsync(cancellationToken);
        foreach (var feed in pack.Feeds)
        {
            switch (state.GetValueOrDefault(feed.Address))
            {
                case null:
                    await changes.AddAsync(feed.Address, feed.Title, feed.Interval, addedBy, author, cancellationToken);
                    break;
                case { State: PackedState.Removed } removed:
                    await changes.AddAsync(removed.Address, null, null, addedBy, author, cancellationToken);
                    break;
                case { State: PackedState.Paused } paused:
                    await changes.ResumeAsync((await feeds.ListAsync(cancellationToken)).Single(f => f.Id == paused.Id), author, cancellationToken);
                    break;
            }
        }

        return [.. pack.Feeds.Select(f => (f, state.GetValueOrDefault(f.Address)?.State ?? PackedState.Missing))];
    }

    private sealed record Row(string Listed, long Id, string Url, long? PausedAt, long? RemovedAt)
    {
        public PackedFeed ToFeed() => new(
            new FeedId(Id), new Uri(Url), RemovedAt is not null ? PackedState.Removed : PausedAt is not null ? PackedState.Paused : PackedState.Polled);
    }
}

/// <summary>A part of the curated list that is added at once.</summary>
internal sealed record FeedPack(PackName Name, IReadOnlyList<CatalogFeed> Feeds);

/// <param name="Address">Where it is fetched now.</param>
internal sealed record PackedFeed(FeedId Id, Uri Address, PackedState State);

internal enum PackedState
{
    Missing,
    Removed,
    Paused,
    Polled,
}
