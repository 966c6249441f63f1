using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Subscriptions;
using Microsoft.Extensions.Options;

namespace AlertBot.Alerts;

/// <summary>/channel show: all that is set for a channel, each with the command that changes it.</summary>
internal sealed class ChannelShowCommand(ChannelSettingsStore settings, SubscriptionStore subscriptions, IOptions<AlertsOptions> options, TimeProvider time) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "channel show", "Show how this channel is told of stories: at once or together, quiet hours, what grows, pings", ChannelOption.Of("Show that one instead of this"))
    {
        Example = "channel show",
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
        var follows = (await subscriptions.ListAsync(target, cancellationToken)).Count;
        return Card.Answer(
            $"How {(target == invocation.Channel ? "this channel" : invocation.NameOf(target))} is told",
            new CardBlock.Facts(
            [
                new CardFact("Follows", follows.ToString(CultureInfo.InvariantCulture)),
                new CardFact("Stories", wanted.Rhythm is DigestRhythm.AtOnce
                    ? DigestOption.Told(wanted.Rhythm)
                    : $"{DigestOption.Told(wanted.Rhythm)}, next {DigestOption.NextOf(wanted.Rhythm, wanted, time)}; urgent ones {(wanted.UrgentWaits ? "wait, too" : "at once")}"),
                new CardFact("Quiet hours", wanted.Hours is { } quiet ? $"{quiet}, but for what is {wanted.Floor.Word()}" : "none"),
                new CardFact("Time zone", wanted.TimeZone ?? "UTC"),
                new CardFact("When an event goes on", ChannelGrowthCommand.Told(wanted.Growth)),
                new CardFact("Calls", ChannelPingsCommand.Told(wanted.PingsPerHour ?? options.Value.PingsPerHour)),
            ])) with
        {
            Actions = [new CardAction("What the channel follows", ChannelOption.Typed(invocation, "following"))],
        };
    }
}
