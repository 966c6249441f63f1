using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Platforms.Slack.Http;

/// <summary>
/// What Slack has to bring back from an installation: unguessable, good once and for ten minutes. Only its hash is stored.
/// </summary>
internal sealed class InstallStates(Database database, TimeProvider time)
{
    private const int Bits = 256;

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public async Task<string> IssueAsync(CancellationToken cancellationToken)
    {
        var state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bits / 8));
        await database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                DELETE FROM slack_install_states WHERE created_at < @Oldest;
                INSERT INTO slack_install_states (state_hash, created_at) VALUES (@Hash, @Now);
                """,
                new { Hash = HashOf(state), Now = Now(), Oldest = Oldest() },
                transaction),
            cancellationToken);
        return state;
    }

    /// <returns>False if it was never issued, used before, or is too old.</returns>
    public async Task<bool> UseAsync(string state, CancellationToken cancellationToken) => await database.InTransactionAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "DELETE FROM slack_install_states WHERE state_hash = @Hash AND created_at >= @Oldest", new { Hash = HashOf(state), Oldest = Oldest() }, transaction),
        cancellationToken) > 0;

    private static string HashOf(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long Oldest() => Now() - (long)Lasts.TotalMilliseconds;
}
