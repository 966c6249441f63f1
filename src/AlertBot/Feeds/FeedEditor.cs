using System.Data.Common;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Feeds;

/// <summary>
/// Changes what a feed is called, where it is fetched and how often. It stays the same feed with what it brought. At a new
/// address it starts over: the next poll is a baseline, which alerts on nothing, since the items there may all be new.
/// </summary>
internal sealed class FeedEditor(Database database, FeedStore feeds, TimeProvider time)
{
    /// <param name="note">Writes what belongs to it, where it is changed.</param>
    /// <returns>The other feed that has the address: then nothing was changed.</returns>
    public async Task<AddressOwner?> EditAsync(Feed feed, FeedSettings settings, CancellationToken cancellationToken, Func<DbTransaction, Task>? note = null)
    {
        var owner = await database.InTransactionAsync(
            async transaction =>
            {
                var other = await EditAsync(transaction, feed, settings);
                await (other is null && note is not null ? note(transaction) : Task.CompletedTask);
                return other;
            },
            cancellationToken);
        await feeds.ListAsync(cancellationToken);
        return owner;
    }

    /// <inheritdoc cref="EditAsync(Feed, FeedSettings, CancellationToken, Func{DbTransaction, Task})"/>
    public async Task<AddressOwner?> EditAsync(DbTransaction transaction, Feed feed, FeedSettings settings)
    {
        if (await OwnerAsync(transaction, feed, settings.Address) is { } other)
        {
            return other;
        }

        await SetAsync(transaction, feed, settings);
        await (settings.Address == feed.Address ? Task.CompletedTask : MoveAsync(transaction, feed, settings.Address));
        return null;
    }

    private static Task<AddressOwner?> OwnerAsync(DbTransaction transaction, Feed feed, Uri address) =>
        transaction.Connection!.QueryFirstOrDefaultAsync<AddressOwner>(
            "SELECT id, COALESCE(title, url) AS Name, removed_at AS RemovedAt FROM feeds WHERE url IN (@Url, @OtherUrl) AND id <> @Id",
            new { Id = feed.Id.Value, Url = address.AbsoluteUri, OtherUrl = FeedAddress.OtherScheme(address).AbsoluteUri },
            transaction);

    // A pause that the site asked for and the back-off of a failing feed stand, whatever the interval is.
    private Task SetAsync(DbTransaction transaction, Feed feed, FeedSettings settings) => transaction.Connection!.ExecuteAsync(
        """
        UPDATE feeds SET title = @Title, interval_ms = @IntervalMs, full_text = COALESCE(@FullText, full_text),
            next_poll_at = CASE WHEN last_error IS NULL AND next_poll_at > @Latest THEN @Latest ELSE next_poll_at END
        WHERE id = @Id
        """,
        new
        {
            Id = feed.Id.Value,
            settings.Title,
            settings.FullText,
            IntervalMs = (long?)settings.Interval?.TotalMilliseconds,
            Latest = settings.Interval is { } interval ? (time.GetUtcNow() + interval).ToUnixTimeMilliseconds() : long.MaxValue,
        },
        transaction);

    private async Task MoveAsync(DbTransaction transaction, Feed feed, Uri address)
    {
        await FeedStore.KeepFormerAddressAsync(transaction, feed);
        await transaction.Connection!.ExecuteAsync(
            $"UPDATE feeds SET url = @Url, {FeedStore.Afresh}, next_poll_at = @Now, leased_until = 0 WHERE id = @Id",
            new { Id = feed.Id.Value, Url = address.AbsoluteUri, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            transaction);
    }
}

/// <param name="Title">Null: the feed's own.</param>
/// <param name="Interval">Null: the default of the settings.</param>
internal sealed record FeedSettings(string? Title, Uri Address, TimeSpan? Interval)
{
    /// <summary>Whether the articles themselves are read where its items are teasers; null leaves it as it is.</summary>
    public bool? FullText { get; init; }
}

/// <summary>The feed that is fetched at an address.</summary>
/// <param name="RemovedAt">A removed feed keeps its address.</param>
internal sealed record AddressOwner(long Id, string Name, long? RemovedAt);
