using AlertBot.Feeds;

namespace AlertBot.Stories;

/// <summary>Where a document's entries become new, changed and known stories.</summary>
internal sealed class StoryDesk(IdentityStore identities, TimeProvider time)
{
    public async Task<Intake> AdmitAsync(Feed feed, IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken)
    {
        var (identified, trust) = EntryIdentifier.Identify(entries, await identities.TrustAsync(feed.Id, cancellationToken));
        return StoryIntake.Admit(feed, identified, trust, await identities.FindAsync(feed.Id, identified, cancellationToken), time.GetUtcNow());
    }
}
