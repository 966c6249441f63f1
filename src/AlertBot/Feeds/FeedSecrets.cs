using AlertBot.Storage;
using Dapper;

namespace AlertBot.Feeds;

/// <summary>
/// The logins and keys that feeds want. They stand encrypted in the database and are read only to be sent: to the site that they
/// were given for. The log of changes holds that one was given, never which.
/// </summary>
internal sealed class FeedSecrets(Database database, SecretVault vault, ChangeLog log, TimeProvider time) : IRemembered
{
    private const string Kind = "feed-login";
    private const string Purpose = "Feeds";

    private volatile IReadOnlyDictionary<FeedId, IReadOnlyList<StoredSecret>> _stored = new Dictionary<FeedId, IReadOnlyList<StoredSecret>>();

    public IReadOnlyCollection<string> Kinds { get; } = [Kind];

    /// <summary>Reads what is stored.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>("SELECT feed_id AS Feed, name, secret, origin, set_by AS SetBy, set_at AS SetAt FROM feed_secrets ORDER BY feed_id, name");
        _stored = rows.GroupBy(r => new FeedId(r.Feed), r => new StoredSecret(r.Name, r.Secret, r.Origin, r.SetBy, DateTimeOffset.FromUnixTimeMilliseconds(r.SetAt)))
            .ToDictionary(g => g.Key, g => (IReadOnlyList<StoredSecret>)[.. g]);
    }

    /// <summary>What a feed has, from memory, for showing that it is there.</summary>
    public IReadOnlyList<StoredSecret> Of(FeedId feed) => _stored.GetValueOrDefault(feed) ?? [];

    /// <summary>The request that asks for a feed as its site wants to be asked.</summary>
    /// <exception cref="SecretsUnreadableException">The keys to its login are not there.</exception>
    public FetchRequest RequestOf(Feed feed) => new(feed.Address) { ETag = feed.ETag, LastModified = feed.LastModified, Secrets = HeadersOf(feed) };

    /// <summary>What a feed would be asked with after a header was given.</summary>
    public SecretHeaders With(Feed feed, string name, string value)
    {
        var origin = SecretHeaders.OriginOf(feed.Address);
        var kept = Of(feed.Id).All(s => s.Origin == origin) ? HeadersOf(feed)?.Values : null;
        return new SecretHeaders(origin, new Dictionary<string, string>(kept ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase) { [name] = value });
    }

    /// <summary>Keeps a header for the feed's own site. Those that were given for another one are forgotten.</summary>
    public Task PutAsync(Feed feed, string name, string value, string by, string? channel, CancellationToken cancellationToken)
    {
        var origin = SecretHeaders.OriginOf(feed.Address);
        return ChangeAsync(
            """
            DELETE FROM feed_secrets WHERE feed_id = @Feed AND (origin <> @Origin OR name = @Name);
            INSERT INTO feed_secrets (feed_id, name, secret, origin, set_by, set_at) VALUES (@Feed, @Name, @Secret, @Origin, @By, @Now)
            """,
            new { Feed = feed.Id.Value, Name = name, Secret = vault.Encrypt(value, PurposeOf(feed.Id, origin, name)), Origin = origin, By = by, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            new Change(Kind, feed.Id.ToString(), null, null, $"Gave {feed.Name} a login ({name})", by, channel),
            cancellationToken);
    }

    /// <param name="name">Null: all that the feed has.</param>
    public Task RemoveAsync(Feed feed, string? name, string by, string? channel, CancellationToken cancellationToken) => ChangeAsync(
        "DELETE FROM feed_secrets WHERE feed_id = @Feed AND (@Name IS NULL OR name = @Name)",
        new { Feed = feed.Id.Value, Name = name },
        new Change(Kind, feed.Id.ToString(), null, null, $"Took a login from {feed.Name} ({name ?? "all"})", by, channel),
        cancellationToken);

    private async Task ChangeAsync(string sql, object parameters, Change change, CancellationToken cancellationToken)
    {
        await database.InTransactionAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(sql, parameters, transaction);
                await log.AppendAsync(transaction, change);
            },
            cancellationToken);
        await LoadAsync(cancellationToken);
    }

    private SecretHeaders? HeadersOf(Feed feed) => Of(feed.Id) is { Count: > 0 } stored
        ? new SecretHeaders(stored[0].Origin, stored.ToDictionary(s => s.Name, s => Read(feed.Id, s), StringComparer.OrdinalIgnoreCase))
        : null;

    private string Read(FeedId feed, StoredSecret secret) =>
        vault.Decrypt(secret.Encrypted, PurposeOf(feed, secret.Origin, secret.Name)) ?? throw new SecretsUnreadableException(vault.Folder);

    private static string[] PurposeOf(FeedId feed, string origin, string name) => [Purpose, feed.ToString(), origin, name];

    private sealed record Row(long Feed, string Name, string Secret, string Origin, string SetBy, long SetAt);
}

/// <summary>A header that a feed is asked with.</summary>
/// <param name="Origin">The only site that it is sent to.</param>
internal sealed record StoredSecret(string Name, string Encrypted, string Origin, string SetBy, DateTimeOffset SetAt);

/// <summary>A feed's login can't be read.</summary>
internal sealed class SecretsUnreadableException(string folder) : InvalidOperationException(
    $"its login can't be read: the keys in {folder} (Storage:Keys) are not those that encrypted it. Put the keys back, or give it anew with /feed logout and /feed login");
