using AlertBot.Storage;
using Dapper;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>
/// What Slack told already. It tells an event again when it saw no answer, within minutes, and perhaps to another process.
/// https://docs.slack.dev/apis/events-api/#retries
/// </summary>
internal sealed class SeenEvents(Database database, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <param name="id">An event's <c>event_id</c>, a command's <c>trigger_id</c>.</param>
    /// <returns>False if it was seen before.</returns>
    public async ValueTask<bool> IsFirstAsync(string id, CancellationToken cancellationToken) => await database.InTransactionAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO slack_events (event_id, seen_at) VALUES (@id, @Now) ON CONFLICT DO NOTHING", new { id, Now = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction),
        cancellationToken) > 0;

    public Task PruneAsync(CancellationToken cancellationToken) => database.InTransactionAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "DELETE FROM slack_events WHERE seen_at < @Before", new { Before = (time.GetUtcNow() - Remembered).ToUnixTimeMilliseconds() }, transaction),
        cancellationToken);
}
