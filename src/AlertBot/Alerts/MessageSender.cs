using AlertBot.Platforms;

namespace AlertBot.Alerts;

/// <summary>Hands a message to its platform. Always ends in a result: a platform that throws may have shown the message.</summary>
internal sealed partial class MessageSender(IEnumerable<IChatPlatform> platforms, ILogger<MessageSender> logger)
{
    private readonly Dictionary<string, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Name, StringComparer.Ordinal);

    public async Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (!_platforms.TryGetValue(message.To.Platform, out var platform))
        {
            // The platform may have been switched off for a while: its messages wait.
            return new SendResult.RetryAfter(TimeSpan.FromMinutes(10), $"no platform called {message.To.Platform} is running");
        }

        try
        {
            return await platform.SendAsync(message, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A defect of one platform or one card must not hold up the others.
            Log.SendFailed(logger, exception, message.IdempotencyKey, message.To);
            return new SendResult.Unknown($"a fault in sending: {exception.GetType().Name}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Sending {Message} to {Channel} failed")]
        public static partial void SendFailed(ILogger logger, Exception exception, string message, ChannelAddress channel);
    }
}
