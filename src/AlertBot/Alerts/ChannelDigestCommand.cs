using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Alerts;

/// <summary>/channel digest: whether a channel is told of each story at once, or of several together, and when.</summary>
internal sealed class ChannelDigestCommand(ChannelSettingsStore settings, ChannelRights rights, TimeProvider time) : IChatCommand
{
    private const string Rhythm = "rhythm";
    private const string Urgent = "urgent";
    private const string Waits = "wait";
    private const string GoesAtOnce = "at-once";

    public CommandDescription Description { get; } = new(
        "channel digest",
        "Tell stories together: hourly, daily 08:00, weekly mon 08:00, or each at once",
        DigestOption.Of(Rhythm, "at once, hourly, daily 08:00 or weekly mon 08:00, by the channel's time zone") with { Required = true },
        new CommandOption(Urgent, "Whether urgent stories go at-once all the same, or wait, too")
        {
            Suggest = typed => new[] { GoesAtOnce, Waits }.Where(w => w.StartsWith(typed.Trim(), StringComparison.OrdinalIgnoreCase)).Select(w => new Choice(w, w)),
        },
        ChannelOption.Of("Choose it for that one instead of this"))
    {
        Example = "channel digest daily 08:00",
        Changes = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (DigestRhythm.Parse(invocation[Rhythm]) is not { } rhythm)
        {
            return DigestOption.Misread(invocation[Rhythm]);
        }

        var urgent = invocation.Find(Urgent)?.Trim().ToLowerInvariant();
        if (urgent is not (null or Waits or GoesAtOnce))
        {
            return Card.Problem($"“{urgent}” is none of the choices", new CardBlock.Paragraph($"Write {Urgent}:{GoesAtOnce} or {Urgent}:{Waits}."));
        }

        if (await rights.FaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var target = ChannelOption.TargetOf(invocation);
        var stored = rhythm is DigestRhythm.AtOnce ? null : rhythm.ToString();
        await settings.ChangeAsync(
            invocation, target, s => s with { Digest = stored, UrgentWaits = urgent is null ? s.UrgentWaits : urgent == Waits }, $"Stories are told {DigestOption.Told(rhythm)}", cancellationToken);
        return Answer(invocation, rhythm, await settings.FindAsync(target, cancellationToken));
    }

    private Card Answer(CommandInvocation invocation, DigestRhythm rhythm, ChannelSettings wanted) => Card.Answer(
        $"Stories are told {DigestOption.Told(rhythm)}",
        [
            rhythm is DigestRhythm.AtOnce
                ? new CardBlock.Paragraph("What was held until now is told within a minute, on one card.")
                : new CardBlock.Paragraph(
                    $"The next digest is {DigestOption.NextOf(rhythm, wanted, time)}. {(wanted.UrgentWaits ? "Urgent stories wait for it, too." : "Urgent stories go at once all the same.")} Nothing is posted where nothing came."),
            .. wanted.TimeZone is null && rhythm is not DigestRhythm.AtOnce ? [new CardBlock.Paragraph("The times are UTC: /channel time-zone sets another zone.")] : Array.Empty<CardBlock>(),
        ]) with
    {
        Actions = [new CardAction("All that is set", ChannelOption.Typed(invocation, "channel show"))],
    };
}
