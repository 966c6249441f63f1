namespace AlertBot.Platforms.Slack;

/// <summary>What the app may do in a workspace. https://docs.slack.dev/reference/scopes</summary>
internal static class SlackScopes
{
    /// <summary>The bot's scopes: asked for by the install link and by the manifest. A new one needs a new installation everywhere.</summary>
    public static IReadOnlyList<string> Bot { get; } =
    [
        "chat:write",
        "chat:write.public", // Alerts go into public channels without an invitation.
        "commands",
        "app_mentions:read",
        "channels:read",
        "groups:read",
        "im:history",
        "im:write",
        "im:read",
        "users:read",
        "usergroups:read", // Moderators are a user group.
        "files:write", // The pictures of trends, and exported files.
        "files:read", // Files that people import.
        "channels:history", // Whether an alert of unknown outcome is there already.
        "groups:history",
    ];
}
