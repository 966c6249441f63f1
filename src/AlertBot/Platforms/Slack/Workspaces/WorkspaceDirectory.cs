using System.Collections.Concurrent;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Storage;

namespace AlertBot.Platforms.Slack.Workspaces;

/// <summary>
/// Which installation serves a workspace: the token of the settings where it is of that workspace, else what was installed
/// there, else what was installed for its whole organisation. What another process changed is seen within half a minute.
/// </summary>
internal sealed class WorkspaceDirectory(ConfiguredToken configured, WorkspaceStore store, SecretVault vault, TimeProvider time)
{
    private const int MostNamed = 3;

    // What was encrypted under another purpose can't be read under this one.
    private const string Vault = "Slack";

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (WorkspaceState State, DateTimeOffset Until)> _known = new();
    private readonly ConcurrentDictionary<string, string> _enterprises = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _unreadable = new();
    private readonly ConcurrentDictionary<string, string> _dead = new();
    private int _changes;

    /// <summary>What the operator has to know; null while all is well.</summary>
    public string? Trouble => string.Join(' ', Troubles()) is { Length: > 0 } troubles ? troubles : null;

    private string KeysAreMissing => $"the keys in {vault.Folder} (Storage:Keys) are not those that encrypted them. Put the keys back, or install the app there anew.";

    public async ValueTask<WorkspaceState> FindAsync(string team, CancellationToken cancellationToken)
    {
        if (await configured.FindAsync(team, null, cancellationToken) is WorkspaceState.Installed fromSettings)
        {
            return fromSettings;
        }

        if (_known.TryGetValue(team, out var known) && time.GetUtcNow() < known.Until)
        {
            return known.State;
        }

        var changes = Volatile.Read(ref _changes);
        var stored = await store.FindAsync(team, cancellationToken) is { } row ? StateOf(row) : null;
        if (stored is WorkspaceState.Installed)
        {
            _known[team] = (stored, changes == Volatile.Read(ref _changes) ? time.GetUtcNow() + Remembered : default);
            return stored;
        }

        var ofOrganisation = await configured.FindAsync(team, await store.EnterpriseOfAsync(team, cancellationToken), cancellationToken);
        return ofOrganisation is WorkspaceState.Installed ? ofOrganisation : stored ?? ofOrganisation;
    }

    /// <summary>Notes which organisation a workspace belongs to whose deliveries come by the organisation's installation.</summary>
    public async ValueTask NoteTeamAsync(string team, string enterprise, CancellationToken cancellationToken)
    {
        if (_enterprises.TryGetValue(team, out var known) && known == enterprise)
        {
            return;
        }

        await store.NoteTeamAsync(team, enterprise, cancellationToken);
        _enterprises[team] = enterprise;
        Forget();
    }

    /// <summary>Puts an installation in force, in the place of an earlier one that may have been stopped.</summary>
    public async Task InstallAsync(Installation installation, CancellationToken cancellationToken)
    {
        var (key, token) = (installation.Workspace.Key, installation.Workspace.Token);
        await store.SaveAsync(installation, vault.Encrypt(token, Vault, key), cancellationToken);
        _unreadable.TryRemove(key, out _);
        _dead.TryRemove(key, out _);
        Forget();
    }

    /// <summary>
    /// The app was taken away: its token is deleted. The workspace's own installation is meant where it has one, else its
    /// organisation's. What is told late does not stop an installation that came after it.
    /// </summary>
    /// <param name="happened">When it was taken away, by Slack's clock.</param>
    public async Task StopAsync(string? enterprise, string? team, string why, DateTimeOffset happened, CancellationToken cancellationToken)
    {
        enterprise ??= team is null ? null : await store.EnterpriseOfAsync(team, cancellationToken);
        var stored = await store.StopAsync(team, enterprise, why, happened, cancellationToken);
        await configured.StopAsync(team, stored is not null && stored == team ? null : enterprise, why, happened, isStored: stored is not null, cancellationToken);
        _dead.TryRemove(stored ?? "", out _);
        Forget();
    }

    /// <summary>Slack says that this token is dead: it is deleted, unless there is another one in its place by now.</summary>
    public async Task StopAsync(Workspace workspace, string why, CancellationToken cancellationToken)
    {
        configured.Stop(workspace, why);
        if (await store.FindAsync(workspace.Key, cancellationToken) is { Secret: { } secret } row && vault.Decrypt(secret, Vault, row.Key) == workspace.Token)
        {
            await store.StopAsync(row, why, cancellationToken);
        }

        Forget();

        // So that it is told at once, unless another installation serves the workspace.
        await FindAsync(workspace.Key, cancellationToken);
    }

    private WorkspaceState StateOf(StoredWorkspace row)
    {
        if (row.Secret is null)
        {
            if (SlackApi.IsDead(row.StoppedWhy ?? ""))
            {
                _dead[row.Key] = $"{row.Name} ({row.Key}): {row.StoppedWhy}";
            }

            return new WorkspaceState.Stopped(DateTimeOffset.FromUnixTimeMilliseconds(row.StoppedAt ?? 0), row.StoppedWhy ?? "");
        }

        if (vault.Decrypt(row.Secret, Vault, row.Key) is not { } token)
        {
            return new WorkspaceState.Stopped(_unreadable.GetOrAdd(row.Key, _ => time.GetUtcNow()), $"Its token can't be read: {KeysAreMissing}");
        }

        _unreadable.TryRemove(row.Key, out _);
        _dead.TryRemove(row.Key, out _);
        return new WorkspaceState.Installed(new Workspace(row.Key, row.Name, token, row.BotUser));
    }

    private IEnumerable<string> Troubles()
    {
        if (configured.Trouble is { } ofSettings)
        {
            yield return ofSettings;
        }

        if (!_unreadable.IsEmpty)
        {
            yield return $"The tokens of {_unreadable.Count} workspaces of Slack can't be read: {KeysAreMissing}";
        }

        if (_dead.Values.Order(StringComparer.Ordinal).ToList() is { Count: > 0 } dead)
        {
            var more = dead.Count > MostNamed ? $" and {dead.Count - MostNamed} more" : "";
            yield return $"Slack does not accept the token any more of {string.Join(", ", dead.Take(MostNamed))}{more}. Install the app there again.";
        }
    }

    private void Forget()
    {
        Interlocked.Increment(ref _changes);
        _known.Clear();
    }
}
