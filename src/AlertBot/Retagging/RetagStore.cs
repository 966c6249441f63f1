using System.Data.Common;
using AlertBot.Storage;
using AlertBot.Stories;
using Dapper;

namespace AlertBot.Retagging;

/// <summary>Where tagging the archive anew stands: it outlives the process.</summary>
internal sealed class RetagStore(Database database, TimeProvider time)
{
    /// <summary>Null before the first time.</summary>
    public async Task<RetagState?> FindAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT knowledge, started_at AS StartedAt, last_sorted_at AS LastSortedAt, last_story_id AS LastStoryId, stories, changed, alerts, pruned,
              finished_at AS FinishedAt, paused_at AS PausedAt, paused_by AS PausedBy
            FROM retagging
            """);
        return row?.ToState();
    }

    /// <summary>Begins with the newest story, whatever was done before. What is paused stays paused.</summary>
    public Task BeginAsync(string knowledge, CancellationToken cancellationToken) => database.InTransactionAsync(transaction => BeginAsync(transaction, knowledge), cancellationToken);

    /// <inheritdoc cref="BeginAsync(string, CancellationToken)"/>
    public Task BeginAsync(DbTransaction transaction, string knowledge) => transaction.Connection!.ExecuteAsync(
        """
        INSERT INTO retagging (id, knowledge, started_at) VALUES (1, @Knowledge, @Now)
        ON CONFLICT (id) DO UPDATE SET knowledge = excluded.knowledge, started_at = excluded.started_at, last_sorted_at = NULL, last_story_id = NULL,
          stories = 0, changed = 0, alerts = 0, pruned = 0, finished_at = NULL
        """,
        new { Knowledge = knowledge, Now = Now() },
        transaction);

    /// <summary>Notes some stories as done, in the transaction that writes their tags. Without effect once it began anew.</summary>
    public static Task AdvanceAsync(DbTransaction transaction, RetagState from, ArchivePlace last, RetagCounts done) =>
        transaction.Connection!.ExecuteAsync(
            """
            UPDATE retagging SET last_sorted_at = @SortedAt, last_story_id = @Id,
              stories = stories + @Stories, changed = changed + @Changed, alerts = alerts + @Alerts, pruned = pruned + @Pruned
            WHERE knowledge = @Knowledge AND stories = @Before
            """,
            new { last.SortedAt, Id = last.Id.Value, done.Stories, done.Changed, done.Alerts, done.Pruned, from.Knowledge, Before = from.Done.Stories },
            transaction);

    public Task FinishAsync(RetagState state, CancellationToken cancellationToken) => database.InTransactionAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "UPDATE retagging SET finished_at = @Now WHERE knowledge = @Knowledge AND stories = @Before", new { Now = Now(), state.Knowledge, Before = state.Done.Stories }, transaction),
        cancellationToken);

    public Task PauseAsync(DbTransaction transaction, string by) =>
        transaction.Connection!.ExecuteAsync("UPDATE retagging SET paused_at = @Now, paused_by = @By WHERE paused_at IS NULL", new { Now = Now(), By = by }, transaction);

    public static Task ResumeAsync(DbTransaction transaction) => transaction.Connection!.ExecuteAsync("UPDATE retagging SET paused_at = NULL, paused_by = NULL", transaction: transaction);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public string Knowledge { get; init; } = "";
        public long StartedAt { get; init; }
        public long? LastSortedAt { get; init; }
        public long? LastStoryId { get; init; }
        public long Stories { get; init; }
        public long Changed { get; init; }
        public long Alerts { get; init; }
        public long Pruned { get; init; }
        public long? FinishedAt { get; init; }
        public long? PausedAt { get; init; }
        public string? PausedBy { get; init; }

        public RetagState ToState() => new(
            Knowledge, TimeOf(StartedAt)!.Value, LastStoryId is { } id ? new ArchivePlace(LastSortedAt!.Value, new StoryId(id)) : null, new RetagCounts(Stories, Changed, Alerts, Pruned))
        {
            FinishedAt = TimeOf(FinishedAt),
            PausedAt = TimeOf(PausedAt),
            PausedBy = PausedBy,
        };

        private static DateTimeOffset? TimeOf(long? at) => at is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
