using System.Text.Json;
using AlertBot.Platforms.Slack.Web;

namespace AlertBot.Platforms.Slack.Workspaces;

/// <summary>
/// The token of the settings. Slack is asked whose it is when that is first needed, and again, ever more rarely, until it
/// says so; one that died is looked at again, too. It stays in memory only. https://docs.slack.dev/reference/methods/auth.test
/// </summary>
internal sealed partial class ConfiguredToken(SlackOptions options, SlackClient client, TimeProvider time, ILogger<ConfiguredToken> logger) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseWhenRefused = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private volatile Found _found = new(null, new WorkspaceState.Unreachable("Slack was not asked yet whose Slack:BotToken is."), default, FirstPause);

    public string? Trouble => options.BotToken.Length == 0 ? null : _found.State switch
    {
        WorkspaceState.Unreachable(var why) when _found.AskAt != default => why,
        WorkspaceState.Stopped(_, var why) => $"Slack does not accept Slack:BotToken any more ({why}). It is looked at again every {PauseWhenRefused.TotalMinutes} minutes; if the app has another token now, set that one and start the bot again.",
        _ => null,
    };

    /// <summary>It is known whose the token is, and that it is good.</summary>
    public bool IsSettled => options.BotToken.Length == 0 || _found.State is WorkspaceState.Installed;

    /// <summary>What the token is to a workspace; <see cref="WorkspaceState.Unknown"/> if it is another's.</summary>
    public async ValueTask<WorkspaceState> FindAsync(string team, string? enterprise, CancellationToken cancellationToken)
    {
        await AskAsync(cancellationToken);
        return options.BotToken.Length > 0 && _found is var found && (found.Key is null || found.Key == team || found.Key == enterprise) ? found.State : new WorkspaceState.Unknown();
    }

    /// <summary>Asks Slack whose the token is, if that is not known and the time has come.</summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        if (!IsDue())
        {
            return;
        }

        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (IsDue())
            {
                var now = time.GetUtcNow();
                _found = Read(await client.CallAsync("auth.test", [], options.BotToken, cancellationToken), _found, now);
            }
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Notes that the app was taken away there; no more than that if the token is another's, or was good later than that.</summary>
    /// <param name="isStored">Another installation is meant, unless the token is known to be of that workspace.</param>
    public async Task StopAsync(string? team, string? enterprise, string why, DateTimeOffset happened, bool isStored, CancellationToken cancellationToken)
    {
        // Slack may not have said yet whose the token is. It is asked at once: a token that it refuses now is the one that was taken away.
        if (options.BotToken.Length > 0 && _found.Key is null && !isStored)
        {
            _found = _found with { AskAt = default, TakenAway = (team ?? enterprise, why) };
            await AskAsync(cancellationToken);
        }

        if (_found is { Key: { } key, State: WorkspaceState.Installed } found && (key == team || key == enterprise) && found.GoodAt <= happened)
        {
            _found = Stopped(found, why);
        }
    }

    /// <summary>Slack refused the token of this workspace; no more than that if it is another token.</summary>
    public void Stop(Workspace workspace, string why)
    {
        if (_found is { State: WorkspaceState.Installed(var served) } found && served == workspace)
        {
            _found = Stopped(found, why);
        }
    }

    public void Dispose() => _asking.Dispose();

    private bool IsDue() => !IsSettled && time.GetUtcNow() >= _found.AskAt;

    private Found Read(SlackAnswer answer, Found before, DateTimeOffset asked)
    {
        switch (answer)
        {
            case SlackAnswer.Ok ok:
                var forAll = ok.Body.TryGetProperty("is_enterprise_install", out var org) && org.ValueKind == JsonValueKind.True;
                var workspace = new Workspace(ok[forAll ? "enterprise_id" : "team_id"], ok["team"], options.BotToken, ok["user_id"]);
                Log.Serves(logger, workspace);
                return new Found(workspace.Key, new WorkspaceState.Installed(workspace), default, FirstPause) { GoodAt = asked };
            case SlackAnswer.Refused refused when before.TakenAway is (var key, var why) && SlackApi.IsDead(refused.Error):
                return Stopped(before with { Key = key, TakenAway = null }, why);
            case SlackAnswer.Refused refused:
                Log.Refused(logger, refused.Error);
                return Again(before, $"Slack refuses the token of the settings ({refused.Error}). Set Slack:BotToken to the one that the app's page shows under OAuth & Permissions, and start the bot again.", PauseWhenRefused);
            case SlackAnswer.Limited limited:
                return Again(before, limited.Why, limited.Wait);
            case var failed:
                var down = failed is SlackAnswer.Down { Why: var said } ? said : failed.ToString()!;
                Log.Unreachable(logger, down);
                return Again(before, $"Slack can't be reached; it is tried again by itself. {down}", before.Pause) with { Pause = before.Pause * 2 < LongestPause ? before.Pause * 2 : LongestPause };
        }
    }

    private Found Stopped(Found before, string why) => before with { State = new WorkspaceState.Stopped(time.GetUtcNow(), why), AskAt = time.GetUtcNow() + PauseWhenRefused };

    // A token that died stays dead until Slack takes it again, and is not asked about more often than that.
    private Found Again(Found before, string why, TimeSpan pause) => before.State is WorkspaceState.Stopped
        ? before with { AskAt = time.GetUtcNow() + PauseWhenRefused }
        : before with { State = new WorkspaceState.Unreachable(why), AskAt = time.GetUtcNow() + pause };

    /// <param name="Key">The workspace or organisation that the token is of; null as long as Slack did not say.</param>
    /// <param name="AskAt">When Slack may be asked again.</param>
    private sealed record Found(string? Key, WorkspaceState State, DateTimeOffset AskAt, TimeSpan Pause)
    {
        /// <summary>When Slack was asked and said that the token is good.</summary>
        public DateTimeOffset GoodAt { get; init; }

        /// <summary>Where the app was taken away while it was not known whose the token is, and why.</summary>
        public (string? Key, string Why)? TakenAway { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Slack:BotToken serves {Workspace}")]
        public static partial void Serves(ILogger logger, Workspace workspace);

        [LoggerMessage(2, LogLevel.Error, "Slack refuses Slack:BotToken: {Error}")]
        public static partial void Refused(ILogger logger, string error);

        [LoggerMessage(3, LogLevel.Warning, "Slack could not be asked whose Slack:BotToken is; it is tried again: {Why}")]
        public static partial void Unreachable(ILogger logger, string why);
    }
}
