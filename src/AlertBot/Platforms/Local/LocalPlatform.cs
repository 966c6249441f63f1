using System.Collections.Concurrent;
using System.Globalization;

namespace AlertBot.Platforms.Local;

/// <summary>
/// Posts to the web chat and the terminal. Like the hosted platforms it limits how fast a channel takes messages;
/// unlike them it knows for certain whether a message was posted before.
/// </summary>
internal sealed class LocalPlatform(LocalMessages messages, LocalOptions options, TimeProvider time) : IChatPlatform
{
    public const string PlatformName = "local";

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> _posted = new(StringComparer.Ordinal);

    public string Name => PlatformName;

    public string? Trouble => null;

    /// <summary>Here nobody has a role: the chat shows whom it would call.</summary>
    public bool IsRole(string text) => LocalMessages.IsChannelName(text);

    public async Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var channel = message.To.Channel;
        if (message.To.Platform != Name || !await messages.HasChannelAsync(channel, cancellationToken))
        {
            return new SendResult.ChannelGone($"There is no channel {message.To}.");
        }

        if (await messages.FindAsync(message.IdempotencyKey, cancellationToken) is { } known)
        {
            return Sent(known);
        }

        var under = message.Under is { } answered ? long.TryParse(answered, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0 : (long?)null;
        if (under is { } other && !await messages.HasMessageAsync(channel, other, cancellationToken))
        {
            return new SendResult.Rejected($"{message.To} has no message {message.Under}.");
        }

        if (WaitFor(channel) is { } wait)
        {
            return new SendResult.RetryAfter(wait, $"#{channel} takes {options.MessagesPerSecond} messages a second.");
        }

        return Sent((await messages.AddCardAsync(channel, message.Card, message.IdempotencyKey, cancellationToken, under, [.. message.Pings.Where(IsRole).Distinct()])).Id);
    }

    public async Task<SendResult> EditAsync(ChannelAddress channel, string messageId, Card card, CancellationToken cancellationToken)
    {
        if (channel.Platform != Name || !await messages.HasChannelAsync(channel.Channel, cancellationToken))
        {
            return new SendResult.ChannelGone($"There is no channel {channel}.");
        }

        return long.TryParse(messageId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await messages.EditCardAsync(channel.Channel, id, card, cancellationToken)
            ? Sent(id)
            : new SendResult.Rejected($"{channel} has no message {messageId}.");
    }

    /// <summary>All channels are one.</summary>
    public async ValueTask<string?> CommunityOfAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        channel.Platform == Name && await messages.HasChannelAsync(channel.Channel, cancellationToken) ? Name : "";

    private static SendResult.Sent Sent(long id) => new(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Takes a place in the channel's last second, or says how long until one is free.</summary>
    private TimeSpan? WaitFor(string channel)
    {
        var posted = _posted.GetOrAdd(channel, _ => new Queue<DateTimeOffset>());
        lock (posted)
        {
            var now = time.GetUtcNow();
            while (posted.TryPeek(out var oldest) && now - oldest >= Window)
            {
                posted.Dequeue();
            }

            if (posted.Count >= options.MessagesPerSecond)
            {
                return posted.Peek() + Window - now;
            }

            posted.Enqueue(now);
            return null;
        }
    }
}
