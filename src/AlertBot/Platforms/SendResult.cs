namespace AlertBot.Platforms;

/// <summary>What became of a message: a closed set.</summary>
internal abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>It is shown, under this id of the platform.</summary>
    public sealed record Sent(string MessageId) : SendResult;

    /// <summary>Not now. Try again after the time that the platform named, or by our own schedule.</summary>
    public sealed record RetryAfter(TimeSpan? Delay, string Why) : SendResult;

    /// <summary>The channel is gone or closed to us.</summary>
    public sealed record ChannelGone(string Why) : SendResult;

    /// <summary>The platform will never take this message.</summary>
    public sealed record Rejected(string Why) : SendResult;
}
