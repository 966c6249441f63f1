using AlertBot.Emulators.Faults;

namespace AlertBot.Emulators.Slack.Faults;

/// <summary>A fault of the Web API for the next <see cref="Times"/> requests of a method.</summary>
public sealed record WebFault
{
    /// <summary>Null fits every method.</summary>
    public string? Method { get; init; }

    public int Times { get; init; } = 1;

    /// <summary>Fits by chance only, so often.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Of the chance; the same seed gives the same requests.</summary>
    public int Seed { get; init; }

    public int? Status { get; init; }

    /// <summary>With status 200: ok is false and this is the error.</summary>
    public string? Error { get; init; }

    /// <summary>Seconds, for status 429; null leaves the header out.</summary>
    public int? RetryAfter { get; init; } = 1;

    /// <summary>Cuts the connection; the work is not done.</summary>
    public bool Drop { get; init; }

    /// <summary>Does the work first, then the status, the error or the drop.</summary>
    public bool AcceptFirst { get; init; }

    /// <summary>Before anything else happens.</summary>
    public TimeSpan Delay { get; init; }

    public SpoiledBody Body { get; init; }
}
