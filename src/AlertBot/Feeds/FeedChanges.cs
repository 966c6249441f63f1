using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Feeds;

/// <summary>
/// What moderators do to feeds: each change is written in one transaction with its line in the log, and can be taken back. A feed that
/// comes back has the state that it had.
/// </summary>
internal sealed class FeedChanges(FeedStore feeds, FeedEditor editor, ChangeLog log, TimeProvider time) : IReversible
{
    private const string Paused = "paused";

    public string Kind => "feed";

    /// <returns>The feed, and the number of the change; null if it was there already.</returns>
    public async Task<(Feed Feed, long? Number)> AddAsync(Uri address, string? title, TimeSpan? interval, string addedBy, Author author, CancellationToken cancellationToken)
    {
        long? number = null;
        var (feed, _) = await feeds.AddAsync(
            address,
            title,
            interval,
            addedBy,
            cancellationToken,
            async transaction =>
            {
                var (id, known) = await transaction.Connection!.QuerySingleAsync<(long, string?)>(
                    "SELECT id, title FROM feeds WHERE url IN @Urls", new { Urls = new[] { address.AbsoluteUri, FeedAddress.OtherScheme(address).AbsoluteUri } }, transaction);
                var added = Written(new FeedSettings(known, address, interval));
                number = await AppendAsync(transaction, new FeedId(id), null, added, $"Added the feed {known ?? address.Host}", author);
            });
        return (feed, number);
    }

    public async Task<long> RemoveAsync(Feed feed, Author author, CancellationToken cancellationToken)
    {
        var number = 0L;
        await feeds.RemoveAsync(feed.Id, cancellationToken, async t => number = await AppendAsync(t, feed.Id, Written(SettingsOf(feed)), null, $"Removed the feed {feed.Name}", author));
        return number;
    }

    public async Task<long> PauseAsync(Feed feed, Author author, CancellationToken cancellationToken)
    {
        var number = 0L;
        var paused = StateOf(feed with { PausedAt = time.GetUtcNow() });
        await feeds.PauseAsync(feed.Id, cancellationToken, async t => number = await AppendAsync(t, feed.Id, StateOf(feed), paused, $"Paused the feed {feed.Name}", author));
        return number;
    }

    public async Task<long> ResumeAsync(Feed feed, Author author, CancellationToken cancellationToken)
    {
        var number = 0L;
        var polled = StateOf(feed with { PausedAt = null, Failures = 0, FailingSince = null, Fault = null, LastError = null });
        await feeds.ResumeAsync(feed.Id, cancellationToken, async t => number = await AppendAsync(t, feed.Id, StateOf(feed), polled, $"Resumed the feed {feed.Name}", author));
        return number;
    }

    /// <returns>The other feed that has the address, where nothing was changed; else the number of the change.</returns>
    public async Task<(AddressOwner? Owner, long Number)> EditAsync(Feed feed, FeedSettings settings, Author author, CancellationToken cancellationToken)
    {
        var (before, after) = (Written(SettingsOf(feed)), Written(settings));
        foreach (var same in before.Select(p => p.Key).Where(k => JsonNode.DeepEquals(before[k], after[k])).ToList())
        {
            before.Remove(same);
            after.Remove(same);
        }

        var number = 0L;
        var owner = await editor.EditAsync(feed, settings, cancellationToken, async t => number = await AppendAsync(t, feed.Id, before, after, $"Changed {string.Join(" and ", after.Select(p => p.Key))} of the feed {feed.Name}", author));
        return (owner, number);
    }

    public async Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken)
    {
        var feed = (await feeds.ListAsync(cancellationToken)).FirstOrDefault(f => f.Id.ToString() == change.Change.Subject);
        var result = await log.ReverseAsync(change, author, (transaction, value) => RestoreAsync(transaction, change.Change, feed, value), cancellationToken);
        await feeds.ListAsync(cancellationToken);
        return result;
    }

    private async Task<IReadOnlyList<string>> RestoreAsync(DbTransaction transaction, Change change, Feed? feed, string? value)
    {
        var isWhole = change.From is null || change.To is null;
        if (feed is null != (isWhole && value is not null))
        {
            return [feed is null ? "The feed is no longer there: take its removal back first." : $"{feed.Name} is there already."];
        }

        var state = value is null ? [] : JsonNode.Parse(value)!.AsObject();
        if (isWhole || state.ContainsKey(Paused))
        {
            await transaction.Connection!.ExecuteAsync(
                isWhole ? $"UPDATE feeds SET removed_at = {(value is null ? "@Now" : "NULL")} WHERE id = @Id"
                    : "UPDATE feeds SET paused_at = @Paused, failures = @Failures, failing_since = @FailingSince, fault = @Fault, last_error = @LastError WHERE id = @Id",
                new
                {
                    Id = long.Parse(change.Subject, CultureInfo.InvariantCulture),
                    Now = time.GetUtcNow().ToUnixTimeMilliseconds(),
                    Paused = (long?)state[Paused],
                    Failures = (int?)state["failures"] ?? 0,
                    FailingSince = (long?)state["failingSince"],
                    Fault = (string?)state["fault"],
                    LastError = (string?)state["lastError"],
                },
                transaction);
            return [];
        }

        var settings = Written(SettingsOf(feed!));
        foreach (var (key, was) in state)
        {
            settings[key] = was?.DeepClone();
        }

        return await editor.EditAsync(transaction, feed!, settings.Deserialize<FeedSettings>(JsonSerializerOptions.Web)!) is { } owner
            ? [$"The address is taken by feed {owner.Id}: {owner.Name}."]
            : [];
    }

    private Task<long> AppendAsync(DbTransaction transaction, FeedId feed, JsonObject? from, JsonObject? to, string summary, Author author) =>
        log.AppendAsync(transaction, author.Changed(Kind, feed.ToString(), from?.ToJsonString(JsonSerializerOptions.Web), to?.ToJsonString(JsonSerializerOptions.Web), summary));

    private static FeedSettings SettingsOf(Feed feed) => new(feed.Title, feed.Address, feed.Interval) { FullText = feed.FullText };

    private static JsonObject StateOf(Feed feed) => new()
    {
        [Paused] = feed.PausedAt?.ToUnixTimeMilliseconds(),
        ["failures"] = feed.Failures,
        ["failingSince"] = feed.FailingSince?.ToUnixTimeMilliseconds(),
        ["fault"] = feed.Fault?.ToString(),
        ["lastError"] = feed.LastError,
    };

    private static JsonObject Written(FeedSettings settings) => JsonSerializer.SerializeToNode(settings, JsonSerializerOptions.Web)!.AsObject();
}
