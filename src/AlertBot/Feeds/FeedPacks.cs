using AlertBot.Storage;

namespace AlertBot.Feeds;

/// <summary>
/// The packs of the curated list, and what the bot has of each. A feed counts as there under each address that it ever
/// had, so that one that moved is not taken for a missing one.
/// </summary>
internal sealed class FeedPacks(FeedBatch batch, FeedStore feeds, FeedChanges changes)
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
        var known = await batch.KnownAsync(cancellationToken);
        return All.SelectMany(p => p.Feeds).Select(f => f.Address)
            .Select(a => (Address: a, Feed: FeedBatch.Find(known, a)))
            .Where(f => f.Feed is not null)
            .ToDictionary(f => f.Address, f => PackedFeed.Of(f.Feed!));
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
}

/// <summary>A part of the curated list that is added at once.</summary>
internal sealed record FeedPack(PackName Name, IReadOnlyList<CatalogFeed> Feeds);

/// <param name="Address">Where it is fetched now.</param>
internal sealed record PackedFeed(FeedId Id, Uri Address, PackedState State)
{
    public static PackedFeed Of(FeedSetting known) => new(
        new FeedId(known.Id!.Value), known.Address, known.IsRemoved ? PackedState.Removed : known.IsPaused ? PackedState.Paused : PackedState.Polled);
}

internal enum PackedState
{
    Missing,
    Removed,
    Paused,
    Polled,
}
