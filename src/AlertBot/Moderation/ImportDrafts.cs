using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Moderation;

/// <summary>
/// Files whose differences were shown and that wait for somebody to say yes, for a day and also over a restart. What is applied is
/// what was shown: each knows the digest of its differences.
/// </summary>
internal sealed class ImportDrafts(Database database, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Where a draft may be applied: in the community that it was shown in, or in the channel where there is none.</summary>
    public static string PlaceOf(CommandInvocation invocation) => invocation.Community ?? invocation.Channel.ToString();

    public static string DigestOf(IEnumerable<string> differences) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', differences))));

    /// <returns>The number of the draft.</returns>
    public Task<long> AddAsync(string kind, string content, string mode, string digest, CommandInvocation invocation, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            var now = time.GetUtcNow();
            await transaction.Connection!.ExecuteAsync("DELETE FROM imports WHERE asked_at < @Oldest", new { Oldest = (now - Kept).ToUnixTimeMilliseconds() }, transaction);
            return await transaction.Connection!.ExecuteScalarAsync<long>(
                """
                INSERT INTO imports (kind, place, content, mode, digest, asked_by, asked_at) VALUES (@kind, @Place, @content, @mode, @digest, @By, @Now) RETURNING id
                """,
                new { kind, Place = PlaceOf(invocation), content, mode, digest, invocation.Origin.By, Now = now.ToUnixTimeMilliseconds() },
                transaction);
        },
        cancellationToken);

    /// <summary>Null where there is none of this number and kind that was shown here during the last day.</summary>
    public async Task<ImportDraft?> FindAsync(string kind, long id, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<ImportDraft>(
            "SELECT id, content, mode, digest, applied_at IS NOT NULL AS IsApplied FROM imports WHERE id = @id AND kind = @kind AND place = @Place AND asked_at >= @Oldest",
            new { id, kind, Place = PlaceOf(invocation), Oldest = (time.GetUtcNow() - Kept).ToUnixTimeMilliseconds() });
    }

    /// <returns>False if somebody applied it already.</returns>
    public async Task<bool> TakeAsync(DbTransaction transaction, ImportDraft draft) => await transaction.Connection!.ExecuteAsync(
        "UPDATE imports SET applied_at = @Now WHERE id = @Id AND applied_at IS NULL", new { draft.Id, Now = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction) > 0;
}

/// <summary>A file as it was shown.</summary>
internal sealed class ImportDraft
{
    public long Id { get; init; }

    /// <summary>The text of the file.</summary>
    public string Content { get; init; } = "";

    public string Mode { get; init; } = "";

    public string Digest { get; init; } = "";

    public bool IsApplied { get; init; }
}
