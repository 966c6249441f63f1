using AlertBot.Platforms;

namespace AlertBot.Alerts;

/// <summary>Hands messages, and edits of them, to their platform. Always ends in a result: a platform that throws may have done it.</summary>
internal sealed partial class MessageSender(IEnumerable<IChatPlatform> platforms, ILogger<MessageSender> logger)
{
    private readonly Dictionary<string, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Name, StringComparer.Ordinal);

    public Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken) =>
        HandAsync(message.To, message.IdempotencyKey, platform => platform.SendAsync(message, cancellationToken), cancellationToken);

    /// <inheritdoc cref="IChatPlatform.EditAsync"/>
    public Task<SendResult> EditAsync(ChannelAddress channel, string messageId, Card card, CancellationToken cancellationToken) =>
        HandAsync(channel, messageId, platform => platform.EditAsync(channel, messageId, card, cancellationToken), cancellationToken);

    private async Task<SendResult> HandAsync(ChannelAddress channel, string message, Func<IChatPlatform, Task<SendResult>> handAsync, CancellationToken cancellationToken)
    {
        if (!_platforms.TryGetValue(channel.Platform, out var platform))
        {
            // The platform may have been switched off for a while: its messages wait.
            return new SendResult.RetryAfter(TimeSpan.FromMinutes(10), $"no platform called {channel.Platform} is running");
        }

        try
        {
            return await handAsync(platform);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A defect of one platform or one card must not hold up the others.
            Log.SendFailed(logger, exception, message, channel);
            return new SendResult.Unknown($"a fault in sending: {exception.GetType().Name}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Sending or editing {Message} in {Channel} failed")]
        public static partial void SendFailed(ILogger logger, Exception exception, string message, ChannelAddress channel);
    }
}
