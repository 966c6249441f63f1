using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AlertBot.Platforms.Slack.Wire;
using AlertBot.Platforms.Slack.Workspaces;
using Microsoft.Extensions.Caching.Memory;

namespace AlertBot.Platforms.Slack.Web;

/// <summary>
/// The calls that the bot makes, each by its name, with the token of the workspace that it is for. Whatever shows text to
/// people takes a <see cref="SlackMessage"/> or a <see cref="SlackView"/>, which are escaped already.
/// </summary>
internal sealed partial class SlackApi(SlackClient client, WorkspaceDirectory workspaces, IMemoryCache cache, ILogger<SlackApi> logger)
{
    /// <summary>The type of the metadata that each message of an alert carries.</summary>
    public const string MetadataType = "alertbot_message";

    private static readonly TimeSpan UntilReachable = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(3);

    public string? Trouble => workspaces.Trouble ?? client.Trouble;

    /// <summary>For how long Slack is left alone, because nothing came of several calls in a row; null if it is not.</summary>
    public TimeSpan? Rest => client.Rest;

    public async Task<SlackAnswer> CallAsync(string team, string method, JsonObject arguments, CancellationToken cancellationToken) =>
        await workspaces.FindAsync(team, cancellationToken) switch
        {
            WorkspaceState.Installed(var workspace) => await CallAsync(workspace, team, method, arguments, cancellationToken),
            WorkspaceState.Stopped(var since, var why) => new SlackAnswer.NotInstalled(why, since),
            WorkspaceState.Unreachable(var why) => new SlackAnswer.Limited(UntilReachable, why),
            _ => new SlackAnswer.NotInstalled("AlertBot is not installed in this workspace", null),
        };

    /// <summary>The id of the bot's own user in a workspace; null where it is not installed.</summary>
    public async Task<string?> SelfAsync(string team, CancellationToken cancellationToken) =>
        await workspaces.FindAsync(team, cancellationToken) is WorkspaceState.Installed(var workspace) ? workspace.BotUser : null;

    /// <param name="to">A channel, a person, or a thread of either.</param>
    /// <param name="key">Goes along unseen, so that the message can be found again.</param>
    public Task<SlackAnswer> PostMessageAsync(SlackAddress to, SlackMessage message, string? key, CancellationToken cancellationToken)
    {
        var arguments = Shown(to.Channel, message);
        arguments["unfurl_links"] = false;
        arguments["unfurl_media"] = false;
        if (to.Thread is { } thread)
        {
            arguments["thread_ts"] = thread;
        }

        if (key is not null)
        {
            arguments["metadata"] = new JsonObject { ["event_type"] = MetadataType, ["event_payload"] = new JsonObject { ["key"] = key } };
        }

        return CallAsync(to.Team, "chat.postMessage", arguments, cancellationToken);
    }

    /// <param name="to">A channel; a person's direct messages have one of their own.</param>
    public Task<SlackAnswer> UpdateMessageAsync(SlackAddress to, string ts, SlackMessage message, CancellationToken cancellationToken)
    {
        var arguments = Shown(to.Channel, message);
        arguments["ts"] = ts;
        return CallAsync(to.Team, "chat.update", arguments, cancellationToken);
    }

    /// <summary>A message that one person sees and nobody can edit.</summary>
    public Task<SlackAnswer> PostEphemeralAsync(SlackAddress to, string user, SlackMessage message, CancellationToken cancellationToken)
    {
        var arguments = Shown(to.Channel, message);
        arguments["user"] = user;
        if (to.Thread is { } thread)
        {
            arguments["thread_ts"] = thread;
        }

        return CallAsync(to.Team, "chat.postEphemeral", arguments, cancellationToken);
    }

    /// <param name="triggerId">Good for three seconds and once.</param>
    public Task<SlackAnswer> OpenViewAsync(string team, string triggerId, SlackView view, CancellationToken cancellationToken) =>
        CallAsync(team, "views.open", new JsonObject { ["trigger_id"] = triggerId, ["view"] = Node(view, SlackJson.Default.SlackView) }, cancellationToken);

    public Task<SlackAnswer> UpdateViewAsync(string team, string viewId, SlackView view, CancellationToken cancellationToken) =>
        CallAsync(team, "views.update", new JsonObject { ["view_id"] = viewId, ["view"] = Node(view, SlackJson.Default.SlackView) }, cancellationToken);

    public Task<SlackAnswer> PublishHomeAsync(string team, string user, SlackView view, CancellationToken cancellationToken) =>
        CallAsync(team, "views.publish", new JsonObject { ["user_id"] = user, ["view"] = Node(view, SlackJson.Default.SlackView) }, cancellationToken);

    /// <summary>Answers by a response_url, which works where the bot is no member, five times in 30 minutes.</summary>
    public Task<SlackAnswer> RespondAsync(Uri responseUrl, SlackReply reply, CancellationToken cancellationToken)
    {
        var body = Node(reply.Message, SlackJson.Default.SlackMessage).AsObject();
        body["unfurl_links"] = false;
        body["unfurl_media"] = false;
        body["replace_original"] = reply.Kind == ReplyKind.Replace;
        if (reply.Kind != ReplyKind.Replace)
        {
            body["response_type"] = reply.Kind == ReplyKind.Public ? "in_channel" : "ephemeral";
        }

        if (reply.Thread is { } thread)
        {
            body["thread_ts"] = thread;
        }

        return client.PostAsync(responseUrl, SlackClient.Json(body), cancellationToken);
    }

    /// <summary>Opens a person's direct messages with the bot, which shows nothing.</summary>
    public Task<SlackAnswer> OpenConversationAsync(string team, string user, CancellationToken cancellationToken) =>
        CallAsync(team, "conversations.open", new JsonObject { ["users"] = user }, cancellationToken);

    /// <summary>The id of the conversation that was opened; null if none was.</summary>
    public static string? ConversationOf(SlackAnswer opened) =>
        opened is SlackAnswer.Ok { Body: var body } && body.TryGetProperty("channel", out var channel) && SlackAnswer.Text(channel, "id") is { Length: > 0 } id ? id : null;

    /// <summary>Who somebody is, at most some minutes ago; null where Slack does not say.</summary>
    public async Task<SlackPerson?> PersonAsync(string team, string user, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue<SlackPerson>(("slack person", team, user), out var known))
        {
            return known;
        }

        if (await CallAsync(team, "users.info", new JsonObject { ["user"] = user }, cancellationToken) is not SlackAnswer.Ok answer
            || !answer.Body.TryGetProperty("user", out var found) || found.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var groups = await AllGroupsAsync(team, cancellationToken);
        return cache.Set(("slack person", team, user), SlackPerson.Of(team, found, groups.Where(g => g.Members.Contains(user)).Select(g => g.Id)), Remembered);
    }

    /// <summary>The user groups of a workspace; none where Slack does not say.</summary>
    public async Task<IReadOnlyList<Choice>> GroupsAsync(string team, CancellationToken cancellationToken) =>
        [.. (await AllGroupsAsync(team, cancellationToken)).Select(g => new Choice(g.Id, g.Name))];

    /// <summary>Uploads an image that nobody sees until a message shows it. https://docs.slack.dev/messaging/working-with-files</summary>
    /// <returns>The id of the file; null if it did not work.</returns>
    public async Task<string?> UploadAsync(string team, CardImage image, CancellationToken cancellationToken) =>
        await UploadAsync(team, new CardFile("image.png", "image/png", image.Png), image.Description, null, cancellationToken) is SlackAnswer.Ok place ? place["file_id"] : null;

    /// <summary>Uploads a file and shows it.</summary>
    /// <param name="to">A channel that the bot is in, a thread there, or a person, who gets it in direct messages.</param>
    public async Task<SlackAnswer> ShareAsync(SlackAddress to, CardFile file, CancellationToken cancellationToken)
    {
        var opened = to.IsPerson ? await OpenConversationAsync(to.Team, to.Channel, cancellationToken) : null;
        if (opened is not null and not SlackAnswer.Ok)
        {
            return opened;
        }

        return await UploadAsync(to.Team, file, null, opened is null ? to : to with { Channel = ConversationOf(opened) ?? to.Channel }, cancellationToken);
    }

    /// <summary>A file that somebody gave, from where Slack says that it lies; the token goes to Slack's own hosts only.</summary>
    public async Task<FileContent> ReadFileAsync(string team, string address, CancellationToken cancellationToken) =>
        await workspaces.FindAsync(team, cancellationToken) is WorkspaceState.Installed(var workspace)
            ? await client.Files.GetAsync(address, workspace.Token, cancellationToken)
            : new FileContent.Failed("AlertBot is not installed in this workspace");

    /// <param name="to">Where it is shown; null: nowhere yet.</param>
    /// <returns>The place of the upload, with its <c>file_id</c>, where all of it worked.</returns>
    private async Task<SlackAnswer> UploadAsync(string team, CardFile file, string? description, SlackAddress? to, CancellationToken cancellationToken)
    {
        var wanted = new JsonObject { ["filename"] = file.Name, ["length"] = file.Bytes.Length };
        if (description is not null)
        {
            wanted["alt_txt"] = description;
        }

        var asked = await CallAsync(team, "files.getUploadURLExternal", wanted, cancellationToken);
        if (asked is not SlackAnswer.Ok place || !Uri.TryCreate(place["upload_url"], UriKind.Absolute, out var address))
        {
            return asked is SlackAnswer.Ok ? new SlackAnswer.Refused("invalid_upload_url", "") : asked;
        }

        var sent = await client.PostAsync(address, new ByteArrayContent(file.Bytes), cancellationToken);
        if (sent is not SlackAnswer.Ok)
        {
            return sent;
        }

        var files = new JsonObject { ["files"] = new JsonArray(new JsonObject { ["id"] = place["file_id"], ["title"] = file.Name }) };
        if (to is not null)
        {
            files["channel_id"] = to.Channel;
        }

        if (to?.Thread is { } thread)
        {
            files["thread_ts"] = thread;
        }

        var completed = await CallAsync(team, "files.completeUploadExternal", files, cancellationToken);
        return completed is SlackAnswer.Ok ? place : completed;
    }

    private async Task<SlackAnswer> CallAsync(Workspace workspace, string team, string method, JsonObject arguments, CancellationToken cancellationToken)
    {
        // One installation of an organisation serves several workspaces: such a method has to be told which is meant.
        if (workspace.Key != team && method is "usergroups.list" or "conversations.list" or "users.list" or "users.conversations")
        {
            arguments["team_id"] = team;
        }

        var answer = await client.CallAsync(method, arguments, workspace.Token, cancellationToken);
        if (answer is not SlackAnswer.Refused({ } error, _) || !IsDead(error))
        {
            return answer;
        }

        // It may have been installed anew while the call was under way.
        if (await workspaces.FindAsync(team, cancellationToken) is WorkspaceState.Installed(var now) && now.Token == workspace.Token)
        {
            Log.TokenRefused(logger, workspace.Key, error);
            await workspaces.StopAsync(workspace, error, cancellationToken);
        }

        return answer;
    }

    /// <summary>The token will never be good again.</summary>
    public static bool IsDead(string error) => error is "invalid_auth" or "token_revoked" or "account_inactive" or "token_expired" or "not_authed";

    private async Task<IReadOnlyList<UserGroup>> AllGroupsAsync(string team, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue<IReadOnlyList<UserGroup>>(("slack groups", team), out var known))
        {
            return known!;
        }

        return await CallAsync(team, "usergroups.list", new JsonObject { ["include_users"] = true }, cancellationToken) switch
        {
            SlackAnswer.Ok answer => cache.Set(("slack groups", team), UserGroup.In(answer.Body), Remembered),

            // A plan without user groups, or an installation without the scope, has none; that need not be asked each time.
            SlackAnswer.Refused => cache.Set<IReadOnlyList<UserGroup>>(("slack groups", team), [], Remembered),
            _ => [],
        };
    }

    private static JsonObject Shown(string channel, SlackMessage message)
    {
        var arguments = Node(message, SlackJson.Default.SlackMessage).AsObject();
        arguments["channel"] = channel;
        arguments["parse"] = "none";
        arguments["link_names"] = false;
        return arguments;
    }

    private static JsonNode Node<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(value, type)!;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Slack does not accept the token of {Workspace} any more ({Why}): nothing is sent there until the app is installed again")]
        public static partial void TokenRefused(ILogger logger, string workspace, string why);
    }
}
