namespace AlertBot.Platforms.Slack.Workspaces;

/// <summary>An installation of the app. One for a whole Enterprise Grid organisation serves all its workspaces.</summary>
/// <param name="Key">The id of the workspace (<c>T…</c>), or of the organisation (<c>E…</c>) where it was installed for all of it.</param>
/// <param name="Token">The bot's token. Never logged.</param>
/// <param name="BotUser">The id of the bot's user there.</param>
internal sealed record Workspace(string Key, string Name, string Token, string BotUser)
{
    public override string ToString() => $"{Name} ({Key})";
}

/// <summary>What is known of the installation that serves a workspace: a closed set.</summary>
internal abstract record WorkspaceState
{
    private WorkspaceState()
    {
    }

    public sealed record Installed(Workspace Workspace) : WorkspaceState;

    /// <summary>The app was taken away, or its token is dead.</summary>
    public sealed record Stopped(DateTimeOffset Since, string Why) : WorkspaceState;

    /// <summary>It can't be told yet, as long as Slack does not say whose the configured token is.</summary>
    public sealed record Unreachable(string Why) : WorkspaceState;

    public sealed record Unknown : WorkspaceState;
}
