using AlertBot.Platforms.Slack.Sockets;
using AlertBot.Platforms.Slack.Web;

namespace AlertBot.Platforms.Slack;

/// <summary>
/// Posts to Slack, at most one message a second in a channel. Slack has no key that keeps a repeat from being shown, so
/// nothing of unknown outcome is sent again before the channel was read: each message carries its key in its metadata. A card's
/// file stands in the thread under it.
/// </summary>
internal sealed class SlackPlatform(SlackApi api, SlackCardRenderer renderer, UploadedImages images, SocketState sockets, TimeProvider time) : IChatPlatform
{
    public const string PlatformName = SlackAddress.Platform;

    // A request whose sender died or gave up may be worked on after a look that did not find its message. No sender waits longer than
    // the time of one answer; on its way it may be for somewhat longer.
    private static readonly TimeSpan StillArriving = 3 * SlackClient.AnswerTime;

    private readonly SlackResults _results = new(api, time);
    private readonly SentBefore _before = new(api, new SlackResults(api, time));
    private readonly ChannelPace _pace = new(time);

    public string Name => PlatformName;

    public string? Trouble => api.Trouble ?? sockets.Trouble;

    public TimeSpan? Rest => api.Rest;

    public bool IsRole(string text) => Wire.SlackMessage.IsRole(text);

    public async Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (message.To.Platform != Name || SlackAddress.Parse(message.To.Channel) is not { } address)
        {
            return new SendResult.ChannelGone($"{message.To} is no channel of Slack.");
        }

        if (message.Under is { } under && !SlackTime.IsTs(under))
        {
            return new SendResult.Rejected($"{under} is no message of Slack.");
        }

        if (_before.Recall(message) is { } done)
        {
            return done;
        }

        // A thread has no threads in it.
        var to = address.Thread is null ? address with { Thread = message.Under } : address;
        if (message.MaybeShownSince is { } since)
        {
            var (shown, stop) = await _before.FindAsync(to, message.IdempotencyKey, renderer.Message(message.Card, null).Calling(message.Pings).Text, since, cancellationToken);
            if (stop is not null || shown is not null)
            {
                return stop ?? Sent(shown!, to);
            }

            if (since + StillArriving - time.GetUtcNow() is var rest && rest > TimeSpan.Zero)
            {
                return new SendResult.RetryAfter(rest, "an earlier request may still be on its way to Slack");
            }
        }

        if (_pace.WaitIn(address) is { } wait)
        {
            return new SendResult.RetryAfter(wait, "Slack takes one message a second in a channel");
        }

        var answer = await PostAsync(to, message, cancellationToken);
        if (answer is SlackAnswer.Refused { Error: "cannot_reply_to_message" } && address.Thread is null && to.Thread is not null)
        {
            to = address;
            answer = await PostAsync(to, message, cancellationToken);
        }

        if (_results.Of(answer, to) is not SendResult.Sent(var posted))
        {
            return _results.Of(answer, to);
        }

        if (message.Card.File is { } file)
        {
            await api.ShareAsync(to with { Thread = to.Thread ?? posted }, file, cancellationToken);
        }

        return Sent(posted, to);

        SendResult.Sent Sent(string ts, SlackAddress where) =>
            _before.Keep(message, new SendResult.Sent(ts) { Thread = message.Under is not null && where != address ? where.ToChannel() : null });
    }

    public async Task<SendResult> EditAsync(ChannelAddress channel, string messageId, Card card, CancellationToken cancellationToken)
    {
        if (channel.Platform != Name || SlackAddress.Parse(channel.Channel) is not { } address)
        {
            return new SendResult.ChannelGone($"{channel} is no channel of Slack.");
        }

        if (!SlackTime.IsTs(messageId))
        {
            return new SendResult.Rejected($"{messageId} is no message of Slack.");
        }

        if (address.IsPerson)
        {
            var opened = await api.OpenConversationAsync(address.Team, address.Channel, cancellationToken);
            if (SlackApi.ConversationOf(opened) is not { } direct)
            {
                return _results.OfLook(opened, address);
            }

            address = address with { Channel = direct };
        }

        return _results.Of(await images.ShowAsync(address.Team, card, shown => api.UpdateMessageAsync(address, messageId, shown, cancellationToken), cancellationToken), address);
    }

    public ValueTask<string?> CommunityOfAsync(ChannelAddress channel, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(
        channel.Platform == Name && SlackAddress.Parse(channel.Channel) is { Channel: ['C' or 'G', ..] } address ? $"{Name}:{address.Team}" : "");

    private Task<SlackAnswer> PostAsync(SlackAddress to, OutgoingMessage message, CancellationToken cancellationToken)
    {
        _pace.Note(to);
        return images.ShowAsync(to.Team, message.Card, shown => api.PostMessageAsync(to, shown.Calling(message.Pings), message.IdempotencyKey, cancellationToken), cancellationToken);
    }
}
