using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Subscriptions;

namespace AlertBot.Alerts;

/// <summary>/digest preview: what waits for a channel, as it would be told now; nothing is posted.</summary>
internal sealed class DigestPreviewCommand(Database database, HeldAlerts held, BundleComposer bundles, ChannelSettingsStore settings, TimeProvider time) : IChatCommand
{
    public CommandDescription Description { get; } = new("digest preview", "See what waits for this channel's next digest; only you see it", ChannelOption.Of("Show that one's instead of this"))
    {
        Example = "digest preview",
        Private = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await ChannelOption.FaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var target = ChannelOption.TargetOf(invocation);
        var wanted = await settings.FindAsync(target, cancellationToken);
        await using var connection = await database.OpenAsync(cancellationToken);
        var waiting = (await held.JudgeAsync(connection, null, target, wanted, null, time.GetUtcNow())).Where(a => a is { Unwanted: null, IsAlone: false }).Select(a => a.Id).ToList();
        return await bundles.PreviewAsync(target, waiting, cancellationToken) is { } card
            ? card with { Tone = CardTone.Answer, Actions = [new CardAction("Tell it now", ChannelOption.Typed(invocation, "digest now"))] }
            : Card.Answer("Nothing waits", new CardBlock.Paragraph($"All that came was told. Stories are told {DigestOption.Told(wanted.Rhythm)}."));
    }
}
