using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Alerts;

/// <summary>Sends what people are told in private, as surely as alerts. A notice that can't be delivered is noted and makes no other.</summary>
internal sealed partial class NoticeDispatcher(Notices notices, MessageSender sender, ILogger<NoticeDispatcher> logger)
{
    private const int BatchSize = 20;

    public async Task DeliverDueAsync(CancellationToken cancellationToken)
    {
        while (await notices.ClaimDueAsync(BatchSize, cancellationToken) is { Count: > 0 } claimed)
        {
            foreach (var notice in claimed)
            {
                var message = new OutgoingMessage(notice.Inbox, notice.Card, $"notice-{notice.Id}") { MaybeShownSince = notice.MaybeShownSince };
                await SettleAsync(notice, await sender.SendAsync(message, cancellationToken), cancellationToken);
            }
        }
    }

    private Task SettleAsync(ClaimedNotice notice, SendResult result, CancellationToken cancellationToken) => result switch
    {
        SendResult.Sent => notices.MarkSentAsync(notice.Id, cancellationToken),
        SendResult.RetryAfter({ } delay, var why) => notices.DeferAsync(notice.Id, why, delay, cancellationToken),
        SendResult.RetryAfter(_, var why) => RetryLaterAsync(notice, why, notices.RetryAsync, cancellationToken),
        SendResult.Unknown { Delay: { } delay, Why: var why } => notices.DeferUnknownAsync(notice.Id, why, delay, cancellationToken),
        SendResult.Unknown(var why) => RetryLaterAsync(notice, why, notices.RetryUnknownAsync, cancellationToken),
        SendResult.ChannelGone(var why) => RefuseAsync(notice, why, cancellationToken),
        // A channel is opened again sooner than a person's inbox.
        SendResult.NoAccess(var why) when notice.IsForModerators => RetryLaterAsync(notice, why, notices.RetryAsync, cancellationToken),
        SendResult.NoAccess(var why) => RefuseAsync(notice, why, cancellationToken),
        SendResult.Rejected(var why) => RefuseAsync(notice, why, cancellationToken),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    private Task RetryLaterAsync(ClaimedNotice notice, string why, Func<long, string, TimeSpan, CancellationToken, Task> retry, CancellationToken cancellationToken) =>
        RetrySchedule.After(notice.Attempts) is { } delay
            ? retry(notice.Id, why, delay, cancellationToken)
            : notices.MarkAbandonedAsync(notice.Id, why, cancellationToken);

    private Task RefuseAsync(ClaimedNotice notice, string why, CancellationToken cancellationToken)
    {
        Log.Refused(logger, notice.Id, notice.Inbox, why);
        return notices.MarkRefusedAsync(notice.Id, why, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Notice {Notice} was refused by {Inbox}: {Why}")]
        public static partial void Refused(ILogger logger, long notice, ChannelAddress inbox, string why);
    }
}
