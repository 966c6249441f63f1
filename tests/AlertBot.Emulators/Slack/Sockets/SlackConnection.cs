using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Slack.Sockets;

/// <summary>One socket of a client.</summary>
internal sealed class SlackConnection(HttpContext context) : FrameSocket(context, 4 * 1024 * 1024, (1009, "message too big"))
{
    /// <summary>Nothing is sent over it any more.</summary>
    public bool IsLeaving { get; set; }

    public ITimer? End { get; set; }
}
