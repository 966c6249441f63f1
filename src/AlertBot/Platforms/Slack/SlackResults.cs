using AlertBot.Platforms.Slack.Web;

namespace AlertBot.Platforms.Slack;

/// <summary>What an answer of Slack means for a message, and what people can do about it.</summary>
internal sealed class SlackResults(SlackApi api, TimeProvider time)
{
    public const string Invite = "Somebody who is in the channel can type “/invite @AlertBot” there.";

    public const string Reinstall = "Somebody who may install apps can install AlertBot again.";

    private static readonly TimeSpan WhileMoving = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(30);

    public static string MissingScope(SlackAnswer.Refused refused) =>
        $"The installation lacks a right ({(refused.Details.Length > 0 ? refused.Details : refused.Error)}). {Reinstall}";

    /// <param name="to">Where the message was to go.</param>
    public SendResult Of(SlackAnswer answer, SlackAddress to) => answer switch
    {
        SlackAnswer.Ok ok when ok["ts"] is { Length: > 0 } ts => new SendResult.Sent(ts),
        SlackAnswer.Ok => new SendResult.Unknown("Slack's answer names no message"),
        SlackAnswer.Limited(var wait, var why) => new SendResult.RetryAfter(wait, why),
        SlackAnswer.Down(var why, MaybeDone: true) => new SendResult.Unknown(why) { Delay = api.Rest },
        SlackAnswer.Down(var why, _) => new SendResult.RetryAfter(api.Rest, why),
        SlackAnswer.NotInstalled(var why, { } since) when time.GetUtcNow() - since < GivenUpAfter => new SendResult.NoAccess($"{why}. {Reinstall}"),
        SlackAnswer.NotInstalled(var why, _) => new SendResult.ChannelGone($"{why}."),
        SlackAnswer.Refused refused => Of(refused, to),
        _ => throw new InvalidOperationException($"Unknown answer {answer}."),
    };

    /// <summary>The same for a call that shows nothing, so that nothing of it can be unknown.</summary>
    public SendResult OfLook(SlackAnswer answer, SlackAddress to) => Of(answer, to) is SendResult.Unknown or SendResult.Sent
        ? new SendResult.RetryAfter(api.Rest, "Slack did not say what it was asked")
        : Of(answer, to);

    /// <summary>https://docs.slack.dev/reference/methods/chat.postMessage#errors and https://docs.slack.dev/reference/methods/chat.update#errors</summary>
    private static SendResult Of(SlackAnswer.Refused refused, SlackAddress to) => refused.Error switch
    {
        "channel_not_found" or "user_not_found" or "user_disabled" or "cannot_dm_bot" when to.IsPerson => new SendResult.ChannelGone("This person takes no direct messages from the bot."),

        // Also said of private channels that the bot is not in.
        "channel_not_found" or "not_in_channel" => new SendResult.NoAccess($"The bot can't see the channel, or is no member of it. {Invite}"),
        "is_archived" => new SendResult.NoAccess("The channel is archived. Unarchive it, or follow in another one."),
        "restricted_action_thread_locked" => new SendResult.NoAccess("The thread is locked. Unlock it, or follow in the channel."),
        var error when error.StartsWith("restricted_action", StringComparison.Ordinal) =>
            new SendResult.NoAccess($"Only some people may post in this channel ({error}). An admin can let the bot post, in the channel's settings, Posting permissions."),
        "missing_scope" => new SendResult.NoAccess(MissingScope(refused)),
        "messages_tab_disabled" => new SendResult.NoAccess("The app takes no direct messages. Turn on the Messages Tab on the app's page App Home."),
        "team_access_not_granted" or "access_denied" or "no_permission" or "ekm_access_denied" or "enterprise_is_restricted" or "not_allowed_token_type" or "two_factor_setup_required" =>
            new SendResult.NoAccess($"The workspace does not let the bot post ({refused.Error}). An admin of the workspace can allow it."),
        "external_channel_migrating" or "org_login_required" or "message_limit_exceeded" => new SendResult.RetryAfter(WhileMoving, $"Slack asked to wait ({refused.Error})"),
        "message_not_found" or "thread_not_found" => new SendResult.Rejected("The message was deleted."),
        "cant_update_message" or "edit_window_closed" => new SendResult.Rejected($"The message can't be edited any more ({refused.Error})."),
        var error when SlackApi.IsDead(error) => new SendResult.NoAccess($"Slack does not accept the bot's token any more ({error}). {Reinstall}"),
        _ => new SendResult.Rejected($"Slack refused the message: {refused.Error} {refused.Details}".TrimEnd()),
    };
}
