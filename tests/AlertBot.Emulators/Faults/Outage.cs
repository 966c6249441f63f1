namespace AlertBot.Emulators.Faults;

/// <summary>How everything is refused until it is cleared.</summary>
public enum Outage
{
    /// <summary>Requests are answered with 503, sockets are refused.</summary>
    Status503,

    /// <summary>Every connection is cut.</summary>
    Drop,
}
