using System.Data.Common;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Platforms.Slack.Workspaces;

/// <summary>Installations as they stand in the database. A token comes and goes encrypted.</summary>
internal sealed class WorkspaceStore(Database database, TimeProvider time)
{
    private const string Columns = "workspace AS Key, name, token AS Secret, bot_user AS BotUser, stopped_at AS StoppedAt, stopped_why AS StoppedWhy";

    /// <summary>The workspace's own installation, else its organisation's; one that is in force before one that is not.</summary>
    public async Task<StoredWorkspace?> FindAsync(string team, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<StoredWorkspace>(
            $"""
            SELECT {Columns} FROM slack_workspaces
            WHERE workspace = @team OR workspace = (SELECT enterprise_id FROM slack_teams WHERE team_id = @team)
            ORDER BY CASE WHEN token IS NULL THEN 1 ELSE 0 END, CASE WHEN workspace = @team THEN 0 ELSE 1 END
            LIMIT 1
            """,
            new { team });
    }

    public async Task<string?> EnterpriseOfAsync(string team, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<string>("SELECT enterprise_id FROM slack_teams WHERE team_id = @team", new { team });
    }

    public Task NoteTeamAsync(string team, string enterprise, CancellationToken cancellationToken) => ExecuteAsync(
        """
        INSERT INTO slack_teams (team_id, enterprise_id) VALUES (@team, @enterprise)
        ON CONFLICT (team_id) DO UPDATE SET enterprise_id = excluded.enterprise_id
        """,
        new { team, enterprise },
        cancellationToken);

    /// <summary>Puts an installation in force, in the place of an earlier one.</summary>
    public Task SaveAsync(Installation installation, string secret, CancellationToken cancellationToken) => ExecuteAsync(
        """
        INSERT INTO slack_workspaces (workspace, name, enterprise_id, app_id, bot_user, token, scopes, installed_by, installed_at)
        VALUES (@Key, @Name, @Enterprise, @AppId, @BotUser, @secret, @Scopes, @InstalledBy, @Now)
        ON CONFLICT (workspace) DO UPDATE SET
            name = excluded.name, enterprise_id = excluded.enterprise_id, app_id = excluded.app_id, bot_user = excluded.bot_user, token = excluded.token,
            scopes = excluded.scopes, installed_by = excluded.installed_by, installed_at = excluded.installed_at, stopped_at = NULL, stopped_why = NULL
        """,
        new
        {
            installation.Workspace.Key,
            installation.Workspace.Name,
            installation.Enterprise,
            installation.AppId,
            installation.Workspace.BotUser,
            secret,
            installation.Scopes,
            installation.InstalledBy,
            Now = Now(),
        },
        cancellationToken);

    /// <summary>
    /// Deletes the token of the workspace's own installation; where it never had one, of the organisation's. One that is newer
    /// than <paramref name="happened"/> stays.
    /// </summary>
    /// <returns>The key of the installation that was meant; null if none is stored.</returns>
    public Task<string?> StopAsync(string? team, string? enterprise, string why, DateTimeOffset happened, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            var key = await transaction.Connection!.QueryFirstOrDefaultAsync<string>(
                "SELECT workspace FROM slack_workspaces WHERE workspace = @team OR workspace = @enterprise ORDER BY CASE WHEN workspace = @team THEN 0 ELSE 1 END", new { team, enterprise }, transaction);
            await StopAsync(transaction, key, null, why, happened);
            return key;
        },
        cancellationToken);

    /// <summary>Deletes a token, unless there is another one in its place by now.</summary>
    public Task StopAsync(StoredWorkspace workspace, string why, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => StopAsync(transaction, workspace.Key, workspace.Secret, why, time.GetUtcNow()), cancellationToken);

    private Task StopAsync(DbTransaction transaction, string? key, string? secret, string why, DateTimeOffset happened) => transaction.Connection!.ExecuteAsync(
        """
        UPDATE slack_workspaces SET token = NULL, stopped_at = COALESCE(stopped_at, @Now), stopped_why = @why
        WHERE workspace = @key AND (@secret IS NULL OR token = @secret) AND installed_at <= @Happened
        """,
        new { key, secret, why, Now = Now(), Happened = happened.ToUnixTimeMilliseconds() },
        transaction);

    private Task ExecuteAsync(string sql, object values, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => transaction.Connection!.ExecuteAsync(sql, values, transaction), cancellationToken);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>An installation, in force as long as it has a secret.</summary>
internal sealed class StoredWorkspace
{
    public string Key { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>The token, encrypted.</summary>
    public string? Secret { get; init; }

    public string BotUser { get; init; } = "";
    public long? StoppedAt { get; init; }
    public string? StoppedWhy { get; init; }
}
