namespace AlertBot.Platforms.Slack.Workspaces;

/// <summary>What Slack gave when somebody installed the app.</summary>
/// <param name="Enterprise">The organisation that the workspace belongs to, if any.</param>
/// <param name="Scopes">What was granted, separated by commas.</param>
/// <param name="InstalledBy">The id of the person.</param>
internal sealed record Installation(Workspace Workspace, string? Enterprise, string AppId, string Scopes, string InstalledBy);
