using AlertBot.Platforms;

namespace AlertBot.Benchmarks.Chaos;

/// <summary>An emulated platform that is slow, and what its channels show in the end.</summary>
internal interface IChaosPlatform : IAsyncDisposable
{
    /// <summary>How a bot is connected with it.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    IReadOnlyList<ChannelAddress> Channels { get; }

    /// <summary>What a channel shows, from the top, each message in JSON.</summary>
    IReadOnlyList<string> Messages(ChannelAddress channel);

    /// <summary>Messages that were taken, while the connection was cut instead of an answer.</summary>
    int LostAnswers { get; }

    /// <summary>Posts the first message of a channel once more, as a bot would that had forgotten it.</summary>
    Task RepeatFirstAsync(ChannelAddress channel, CancellationToken cancellationToken);

    /// <summary>Takes the first message of a channel away.</summary>
    Task DeleteFirstAsync(ChannelAddress channel, CancellationToken cancellationToken);
}

/// <summary>How long answers take: a kill is to fall between a request and its answer.</summary>
internal static class ChaosDelays
{
    /// <summary>Each with the part of the requests that are left for it.</summary>
    public static readonly (double Rate, TimeSpan Delay)[] All = [(0.3, TimeSpan.FromMilliseconds(50)), (0.6, TimeSpan.FromMilliseconds(300)), (1, TimeSpan.FromMilliseconds(900))];
}
