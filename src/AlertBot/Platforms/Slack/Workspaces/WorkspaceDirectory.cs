using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Web;

namespace AlertBot.Platforms.Slack.Workspaces;

/// <summary>Knows which installation serves a workspace: the one whose token is configured.</summary>
internal sealed class WorkspaceDirectory(SlackOptions options, SlackClient client, TimeProvider time)
{
    private Workspace? _configured;
    private WorkspaceState.Stopped? _stopped;

    public string? Trouble { get; private set; }

    public async ValueTask<WorkspaceState> FindAsync(string team, CancellationToken cancellationToken)
    {
        if (_stopped is not null)
        {
            return _stopped;
        }

        if (_configured is null && await client.CallAsync("auth.test", new JsonObject(), options.BotToken, cancellationToken) is SlackAnswer.Ok ok)
        {
            _configured = new Workspace(ok["team_id"], ok["team"], options.BotToken, ok["user_id"]);
        }

        return _configured is null ? new WorkspaceState.Unreachable("Slack does not say whose the configured token is")
            : _configured.Key == team ? new WorkspaceState.Installed(_configured)
            : new WorkspaceState.Unknown();
    }

    public ValueTask StopAsync(string? enterprise, string? team, string why, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _stopped = new WorkspaceState.Stopped(time.GetUtcNow(), why);
        Trouble = $"Slack does not accept the token of {team ?? enterprise} ({why}).";
        return ValueTask.CompletedTask;
    }
}
