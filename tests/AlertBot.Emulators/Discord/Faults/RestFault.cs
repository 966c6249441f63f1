using AlertBot.Emulators.Faults;

namespace AlertBot.Emulators.Discord.Faults;

/// <summary>A fault of REST for the next <see cref="Times"/> requests that fit. Without any of its effects it only counts.</summary>
public sealed record RestFault
{
    /// <summary>Null fits every method.</summary>
    public string? Method { get; init; }

    /// <summary>A regular expression that the path after /api/vN must match.</summary>
    public string Path { get; init; } = "";

    public int Times { get; init; } = 1;

    /// <summary>Fits by chance only, so often.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Of the chance; the same seed gives the same requests.</summary>
    public int Seed { get; init; }

    public int? Status { get; init; }

    public int Code { get; init; }

    public string? Message { get; init; }

    /// <summary>Seconds, for status 429.</summary>
    public double RetryAfter { get; init; } = 1;

    /// <summary>For status 429: user, shared, global or cloudflare (no JSON, no Via).</summary>
    public string Scope { get; init; } = "user";

    /// <summary>Cuts the connection; the work is not done.</summary>
    public bool Drop { get; init; }

    /// <summary>Does the work first, then the status or the drop.</summary>
    public bool AcceptFirst { get; init; }

    /// <summary>A good answer that says the bucket is used up for so many seconds.</summary>
    public double? ExhaustedFor { get; init; }

    /// <summary>Before anything else happens.</summary>
    public TimeSpan Delay { get; init; }

    public SpoiledBody Body { get; init; }
}
