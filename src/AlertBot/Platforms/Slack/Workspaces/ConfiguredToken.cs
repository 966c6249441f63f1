using System.Text.Json;
using AlertBot.Platforms.Slack.Web;

namespace AlertBot.Platforms.Slack.Workspaces;

/// <summary>
/// The token of the settings. Slack is asked whose it is when that is first needed, and again, ever more rarely, until it
/// says so. It stays in memory only. https://docs.slack.dev/reference/methods/auth.test
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
        WorkspaceState.Stopped(_, var why) => $"Slack does not accept Slack:BotToken any more ({why}). Set it to a new one and start the bot again.",
        _ => null,
    };

    /// <summary>Slack need not be asked: a token that died stays dead, and a new one comes with a new start.</summary>
    public bool IsSettled => options.BotToken.Length == 0 || _found.State is not WorkspaceState.Unreachable;

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
                _found = Read(await client.CallAsync("auth.test", [], options.BotToken, cancellationToken), _found);
            }
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Notes that the app was taken away there, or that its token is dead; no more than that if it is another's.</summary>
    public void Stop(string? team, string? enterprise, string why)
    {
        if (_found is { Key: { } key, State: WorkspaceState.Installed } && (key == team || key == enterprise))
        {
            _found = _found with { State = new WorkspaceState.Stopped(time.GetUtcNow(), why) };
        }
    }

    public bool Is(Workspace workspace) => workspace.Token == options.BotToken;

    public void Dispose() => _asking.Dispose();

    private bool IsDue() => !IsSettled && time.GetUtcNow() >= _found.AskAt;

    private Found Read(SlackAnswer answer, Found before)
    {
        switch (answer)
        {
            case SlackAnswer.Ok ok:
                var forAll = ok.Body.TryGetProperty("is_enterprise_install", out var org) && org.ValueKind == JsonValueKind.True;
                var workspace = new Workspace(ok[forAll ? "enterprise_id" : "team_id"], ok["team"], options.BotToken, ok["user_id"]);
                Log.Serves(logger, workspace);
                return new Found(workspace.Key, new WorkspaceState.Installed(workspace), default, FirstPause);
            case SlackAnswer.Refused refused:
                Log.Refused(logger, refused.Error);
                return Again(before, $"Slack refuses the token of the settings ({refused.Error}). Set Slack:BotToken to the one that the app's page shows under OAuth & Permissions, and start the bot again.", PauseWhenRefused);
            case SlackAnswer.Limited limited:
                return Again(before, limited.Why, limited.Wait);
            case var failed:
                var why = failed is SlackAnswer.Down down ? down.Why : failed.ToString()!;
                Log.Unreachable(logger, why);
                return Again(before, $"Slack can't be reached; it is tried again by itself. {why}", before.Pause) with { Pause = before.Pause * 2 < LongestPause ? before.Pause * 2 : LongestPause };
        }
    }

    private Found Again(Found before, string why, TimeSpan pause) => before with { State = new WorkspaceState.Unreachable(why), AskAt = time.GetUtcNow() + pause };

    /// <param name="Key">The workspace or organisation that the token is of; null as long as Slack did not say.</param>
    /// <param name="AskAt">When Slack may be asked again.</param>
    private sealed record Found(string? Key, WorkspaceState State, DateTimeOffset AskAt, TimeSpan Pause);

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
