using System.Data.Common;
using AlertBot.Knowledge;

namespace AlertBot.Subscriptions;

/// <summary>
/// All follows, ready to be held against stories. They are read again when any of them changed, in whichever process; whoever must not
/// miss one that is there by now compares in the very transaction that writes.
/// </summary>
internal sealed class FollowMemory(SubscriptionStore subscriptions, KnowledgeBase knowledge)
{
    private volatile Remembered _last = new(-1, knowledge.Current, new SubscriptionMatcher([]));

    /// <summary>As of the last <see cref="RefreshAsync"/>.</summary>
    public SubscriptionMatcher Matcher => _last.Matcher;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // Both are taken first: what changes while the follows are being read is seen the next time.
        var (known, revision) = (knowledge.Current, await subscriptions.RevisionAsync(cancellationToken));
        if (!_last.Is(revision, known))
        {
            _last = new Remembered(revision, known, new SubscriptionMatcher(await subscriptions.ListAsync(cancellationToken)));
        }
    }

    /// <summary>Whether no follow changed since, nor what its names mean. In a transaction that writes, none will before its end.</summary>
    public async Task<bool> IsCurrentAsync(DbTransaction transaction) => _last.Is(await SubscriptionStore.RevisionAsync(transaction), knowledge.Current);

    private sealed record Remembered(long Revision, KnowledgeSnapshot Known, SubscriptionMatcher Matcher)
    {
        public bool Is(long revision, KnowledgeSnapshot known) => revision == Revision && ReferenceEquals(known, Known);
    }
}
