namespace AlertBot.Platforms.Slack.Sockets;

/// <summary>Why another connection has to take the place of one.</summary>
internal enum Leaving
{
    /// <summary>Slack closes it soon, or may: it goes on for so long.</summary>
    Refresh,

    /// <summary>It broke, or was closed.</summary>
    Ended,

    /// <summary>Slack wants fewer connections of this app.</summary>
    Crowded,

    /// <summary>Socket Mode was turned off in the app's settings.</summary>
    Disabled,
}
