using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Subscriptions;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertBot.Benchmarks.Chaos;

/// <summary>The database of the bots, prepared before the first of them starts, and looked at while they come and go.</summary>
internal sealed class ChaosOutbox : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Database _database;

    private ChaosOutbox(ServiceProvider services)
    {
        _services = services;
        _database = services.GetRequiredService<Database>();
    }

    /// <param name="settings">Those of the bots.</param>
    public static async Task<ChaosOutbox> PrepareAsync(IReadOnlyDictionary<string, string> settings, IReadOnlyList<Uri> feeds, IReadOnlyList<ChannelAddress> channels, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddAlertBot(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), (string?)s.Value))).Build());
        var provider = services.BuildServiceProvider();
        await AlertBotHost.PrepareAsync(provider, [.. feeds.Select(f => new CatalogFeed(f, null, null))], cancellationToken);
        var subscriptions = provider.GetRequiredService<SubscriptionStore>();
        foreach (var channel in channels)
        {
            await subscriptions.AddAsync(new FollowOrigin(channel, channel.Channel, "chaos", null, null), FollowParser.ParseStored(ChaosNews.Follow), cancellationToken);
        }

        return new ChaosOutbox(provider);
    }

    public async Task<ChaosProgress> LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<ChaosProgress>(
            """
            SELECT COALESCE(SUM(CASE WHEN state = 'sent' THEN 1 END), 0) AS Sent,
                COALESCE(SUM(CASE WHEN state = 'pending' THEN 1 END), 0) AS Pending,
                COALESCE(SUM(CASE WHEN state = 'pending' AND claimed_at IS NOT NULL THEN 1 END), 0) AS UnderWay,
                COALESCE(SUM(CASE WHEN unknown_since IS NOT NULL THEN 1 END), 0) AS Doubtful,
                COALESCE(SUM(CASE WHEN state IN ('refused', 'abandoned') THEN 1 END), 0) AS GivenUp,
                COALESCE(MAX(CASE WHEN state = 'pending' THEN next_attempt_at END), 0) AS NextAttemptAt
            FROM outbox WHERE kind = 'alert'
            """);
    }

    /// <summary>Why messages wait or were given up, each reason with how often.</summary>
    public async Task<IReadOnlyList<(string State, string? Why, long Count)>> ReasonsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<(string, string?, long)>("SELECT state, last_error, COUNT(*) FROM outbox WHERE state <> 'sent' GROUP BY state, last_error ORDER BY 3 DESC")];
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>How the alerts stand.</summary>
/// <param name="UnderWay">Claimed, with no end noted.</param>
/// <param name="Doubtful">An attempt at them had an outcome that nobody knew.</param>
/// <param name="NextAttemptAt">When the last of those that wait is tried next, in Unix milliseconds; 0: none waits.</param>
internal sealed record ChaosProgress(long Sent, long Pending, long UnderWay, long Doubtful, long GivenUp, long NextAttemptAt)
{
    public DateTimeOffset NextAttempt => DateTimeOffset.FromUnixTimeMilliseconds(NextAttemptAt);
}
