namespace AlertBot.Emulators.Slack.Sockets;

public enum SlackSocketFaultKind
{
    /// <summary>Says disconnect with a reason, and closes ten seconds after a warning or a request to refresh, at once otherwise.</summary>
    Disconnect,

    /// <summary>Cuts the connection without a word.</summary>
    Drop,

    /// <summary>Sends text that is no JSON, and JSON that means nothing.</summary>
    Garbage,

    /// <summary>Counts connections that are not there.</summary>
    Ghosts,

    /// <summary>Takes the next connection and never says hello.</summary>
    NoHello,
}

/// <summary>A fault of every open socket, or of the newest one alone.</summary>
public sealed record SlackSocketFault(SlackSocketFaultKind Kind)
{
    /// <summary>warning, refresh_requested, link_disabled or too_many_websockets. After link_disabled no connection can be opened until faults are cleared.</summary>
    public string Reason { get; init; } = "warning";

    /// <summary>Of <see cref="SlackSocketFaultKind.Ghosts"/>.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Only the newest socket.</summary>
    public bool Newest { get; init; }
}
