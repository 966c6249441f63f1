using AlertBot.Platforms.Slack.Wire;

namespace AlertBot.Platforms.Slack.Web;

/// <summary>An answer by a response_url. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses</summary>
internal sealed record SlackReply(SlackMessage Message, ReplyKind Kind)
{
    /// <summary>The ts of the thread that it goes into; null for the channel.</summary>
    public string? Thread { get; init; }
}

internal enum ReplyKind
{
    /// <summary>Only the one who asked sees it.</summary>
    Private,

    /// <summary>All of the channel see it.</summary>
    Public,

    /// <summary>It takes the place of the message whose button was pressed.</summary>
    Replace,
}
