using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using Microsoft.Extensions.Options;

namespace AlertBot.Alerts;

/// <summary>
/// Changes alerts that were shown into what their edited story says now, or into what their event has grown to, in place:
/// nothing is posted and nobody is called. An edit that leaves the card as it is sends nothing. Failed ones are tried again
/// like alerts, and make no trouble for their channel.
/// </summary>
internal sealed partial class AlertEditor(
    AlertEdits edits, StoryStore stories, EventStore events, AlertComposer composer, MessageSender sender, IOptions<AlertsOptions> options, ILogger<AlertEditor> logger)
{
    public async Task EditDueAsync(CancellationToken cancellationToken)
    {
        while (await edits.ClaimDueAsync(options.Value.ParallelChannels, cancellationToken) is { Count: > 0 } claimed)
        {
            await Task.WhenAll(claimed.Select(c => EditAsync(c, cancellationToken)));
        }
    }

    private async Task EditAsync(ClaimedEdit edit, CancellationToken cancellationToken)
    {
        if (await stories.FindAsync(edit.Alert.Story, cancellationToken) is not { } story)
        {
            await edits.LetGoAsync(edit, "the story's text is no longer kept", cancellationToken);
            return;
        }

        var happening = await events.FindAsync(story.Id, cancellationToken);
        Card card;
        try
        {
            card = composer.Compose(edit.Id, edit.Alert, story, happening);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A defect of one card must not hold up the others.
            Log.ComposeFailed(logger, exception, edit.Id.Value, edit.Alert.Channel);
            await RetryLaterAsync(edit, $"a fault in composing: {exception.GetType().Name}", cancellationToken);
            return;
        }

        var hash = AlertComposer.HashOf(card);
        var result = hash == edit.Shown ? new SendResult.Sent(edit.MessageId) : await sender.EditAsync(edit.Alert.Channel, edit.MessageId, card, cancellationToken);
        await SettleAsync(edit, hash, result, cancellationToken);
    }

    private Task SettleAsync(ClaimedEdit edit, string hash, SendResult result, CancellationToken cancellationToken) => result switch
    {
        SendResult.Sent => edits.MarkShownAsync(edit, hash, cancellationToken),
        SendResult.RetryAfter({ } delay, _) => edits.DeferAsync(edit, delay, cancellationToken),
        SendResult.RetryAfter(_, var why) => RetryLaterAsync(edit, why, cancellationToken),
        SendResult.Unknown { Delay: { } delay } => edits.DeferUnknownAsync(edit, delay, cancellationToken),
        SendResult.Unknown(var why) => RetryLaterAsync(edit, why, cancellationToken),
        SendResult.NoAccess(var why) => RetryLaterAsync(edit, why, cancellationToken),
        SendResult.ChannelGone(var why) => LetGoAsync(edit, why, cancellationToken),
        SendResult.Rejected(var why) => LetGoAsync(edit, why, cancellationToken),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    private Task RetryLaterAsync(ClaimedEdit edit, string why, CancellationToken cancellationToken) =>
        RetrySchedule.After(edit.Attempts) is { } delay ? edits.RetryAsync(edit, delay, cancellationToken) : LetGoAsync(edit, why, cancellationToken);

    private Task LetGoAsync(ClaimedEdit edit, string why, CancellationToken cancellationToken)
    {
        Log.LetGo(logger, edit.Id.Value, edit.Alert.Channel, why);
        return edits.LetGoAsync(edit, why, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Alert {Alert} in {Channel} stays as it is, though its story was edited or its event grew: {Why}")]
        public static partial void LetGo(ILogger logger, long alert, ChannelAddress channel, string why);

        [LoggerMessage(2, LogLevel.Error, "Composing the edit of alert {Alert} in {Channel} failed")]
        public static partial void ComposeFailed(ILogger logger, Exception exception, long alert, ChannelAddress channel);
    }
}
