namespace AlertBot.Emulators.Discord.Faults;

/// <summary>What can go wrong with the gateway.</summary>
public enum GatewayFaultKind
{
    /// <summary>Op 7 to every open socket.</summary>
    Reconnect,

    /// <summary>Op 9 to every open socket.</summary>
    InvalidSession,

    /// <summary>Cuts every open socket without a close frame.</summary>
    Drop,

    /// <summary>Closes every open socket with <see cref="GatewayFault.Code"/>.</summary>
    Close,

    /// <summary>Open sockets get no more op 11.</summary>
    MuteAcks,

    /// <summary>Op 1 to every open socket.</summary>
    Heartbeat,

    /// <summary>Sends every session its newest event once more.</summary>
    Repeat,

    /// <summary>The next connections get no op 10.</summary>
    NoHello,

    /// <summary>The next connections get op 10 after <see cref="GatewayFault.Delay"/>.</summary>
    SlowHello,

    /// <summary>The next op 6 are not answered.</summary>
    IgnoreResume,

    /// <summary>The next connections are cut before the WebSocket opens.</summary>
    Refuse,
}

/// <summary>A fault of the gateway; the first seven kinds happen at once, the others to the next <see cref="Times"/> that come.</summary>
public sealed record GatewayFault(GatewayFaultKind Kind)
{
    /// <summary>Of op 9: whether the session can be resumed.</summary>
    public bool Resumable { get; init; }

    public int Code { get; init; } = 4000;

    /// <summary>The session is gone as well.</summary>
    public bool Forget { get; init; }

    /// <summary>Only the newest socket.</summary>
    public bool Last { get; init; }

    public int Times { get; init; } = 1;

    public TimeSpan Delay { get; init; }
}
