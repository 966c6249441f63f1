namespace AlertBot.Platforms;

/// <summary>What became of a message: a closed set.</summary>
internal abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>It is shown, under this id of the platform.</summary>
    public sealed record Sent(string MessageId) : SendResult
    {
        /// <summary>The thread that it stands in, where it was to go under another message; null if it stands in the channel.</summary>
        public ChannelAddress? Thread { get; init; }
    }

    /// <summary>Not shown, for now. Try again after the time that the platform named, or by our own schedule.</summary>
    public sealed record RetryAfter(TimeSpan? Delay, string Why) : SendResult;

    /// <summary>It may have been shown or not: no answer came. The next attempt must say so.</summary>
    public sealed record Unknown(string Why) : SendResult
    {
        /// <summary>When to try again if the whole platform is in trouble: then it is no fault of this message.</summary>
        public TimeSpan? Delay { get; init; }
    }

    /// <summary>The channel is gone for good.</summary>
    public sealed record ChannelGone(string Why) : SendResult;

    /// <summary>The channel is closed to us until somebody opens it; says what is missing and how to give it.</summary>
    public sealed record NoAccess(string Why) : SendResult;

    /// <summary>The platform will never take this message.</summary>
    public sealed record Rejected(string Why) : SendResult;
}
