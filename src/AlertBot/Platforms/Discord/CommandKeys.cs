using AlertBot.Storage;
using Dapper;

namespace AlertBot.Platforms.Discord;

/// <summary>The commands of buttons that are too long for a button's own id, by their hash. They outlive a restart, and are forgotten long after they were shown last.</summary>
internal sealed class CommandKeys(Database database, TimeProvider time)
{
    public async Task SaveAsync(IReadOnlyList<LongCommand> commands, CancellationToken cancellationToken)
    {
        if (commands.Count > 0)
        {
            await database.InTransactionAsync(
                transaction => transaction.Connection!.ExecuteAsync(
                    "INSERT INTO discord_commands (command_key, line, shown_at) VALUES (@Key, @Line, @Now) ON CONFLICT (command_key) DO UPDATE SET shown_at = excluded.shown_at",
                    commands.Select(c => new { c.Key, c.Line, Now = time.GetUtcNow().ToUnixTimeMilliseconds() }),
                    transaction),
                cancellationToken);
        }
    }

    public async Task<string?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<string>("SELECT line FROM discord_commands WHERE command_key = @key", new { key });
    }
}
