using AlertBot.Storage;
using Dapper;

namespace AlertBot.Stories;

/// <summary>How the archive grew.</summary>
internal sealed class ArchiveStatistics(Database database)
{
    private const long Day = 86_400_000;

    /// <summary>The stories of each day (UTC) on which any were seen first, oldest first, pruned ones included.</summary>
    public async Task<IReadOnlyList<StoriesOfDay>> ByDayAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Day, long Stories, long Pruned)>(new CommandDefinition(
            $"SELECT first_seen_at / {Day} AS day, COUNT(*), COUNT(pruned_at) FROM stories GROUP BY first_seen_at / {Day} ORDER BY day", commandTimeout: 0, cancellationToken: cancellationToken));
        return [.. rows.Select(r => new StoriesOfDay(DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(r.Day)), r.Stories, r.Pruned))];
    }
}

/// <param name="Pruned">Those of them whose text is forgotten.</param>
internal sealed record StoriesOfDay(DateOnly Day, long Stories, long Pruned);
