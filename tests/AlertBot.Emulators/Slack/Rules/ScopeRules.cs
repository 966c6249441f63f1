namespace AlertBot.Emulators.Slack.Rules;

/// <summary>Fields of a <c>missing_scope</c> answer.</summary>
internal sealed record MissingScope(string Needed, string Provided);

/// <summary>Which scopes a method asks of a bot token: any one of those named is enough. https://docs.slack.dev/reference/scopes</summary>
internal static class ScopeRules
{
    private static readonly string[] Read = ["channels:read", "groups:read", "im:read", "mpim:read"];
    private static readonly string[] History = ["channels:history", "groups:history", "im:history", "mpim:history"];

    private static readonly Dictionary<string, string[]> Needed = new()
    {
        ["chat.postMessage"] = ["chat:write"],
        ["chat.postEphemeral"] = ["chat:write"],
        ["chat.update"] = ["chat:write"],
        ["chat.delete"] = ["chat:write"],
        ["conversations.info"] = Read,
        ["conversations.list"] = Read,
        ["conversations.members"] = Read,
        ["users.conversations"] = Read,
        ["conversations.history"] = History,
        ["conversations.replies"] = History,
        ["conversations.open"] = ["channels:manage", "groups:write", "im:write", "mpim:write"],
        ["conversations.join"] = ["channels:join"],
        ["users.info"] = ["users:read"],
        ["users.list"] = ["users:read"],
        ["usergroups.list"] = ["usergroups:read"],
        ["usergroups.users.list"] = ["usergroups:read"],
        ["files.getUploadURLExternal"] = ["files:write"],
        ["files.completeUploadExternal"] = ["files:write"],
        ["files.info"] = ["files:read"],
        ["reactions.add"] = ["reactions:write"],
        ["team.info"] = ["team:read"],
    };

    /// <param name="provided">The token's scopes.</param>
    /// <returns>Null where the call may go on.</returns>
    public static MissingScope? Check(string method, IReadOnlyCollection<string> provided) =>
        Needed.TryGetValue(method, out var needed) && !needed.Any(provided.Contains) ? new MissingScope(string.Join(',', needed), string.Join(',', provided)) : null;
}
