using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Alerts;

/// <summary>/channel time-zone: by which clocks a channel's digests and quiet hours go.</summary>
internal sealed class ChannelTimeZoneCommand(ChannelSettingsStore settings, ChannelRights rights, TimeProvider time) : IChatCommand
{
    private const string Zone = "zone";
    private const int MostSuggested = 25;
    private const int MostMeant = 5;

    public CommandDescription Description { get; } = new(
        "channel time-zone",
        "Set the time zone of this channel's digests and quiet hours",
        new CommandOption(Zone, "A zone of the TZ database, such as Asia/Seoul", OptionKind.Rest)
        {
            Required = true,
            Suggest = typed => TimeZones.Suggest(typed).Take(MostSuggested).Select(z => new Choice(z, z)),
        },
        ChannelOption.Of("Set it for that one instead of this"))
    {
        Example = "channel time-zone Asia/Seoul",
        Changes = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (TimeZones.Find(invocation[Zone]) is not { } zone)
        {
            var meant = TimeZones.Nearest(invocation[Zone]).Take(MostMeant).ToList();
            return Card.Problem(
                meant.Count > 0 ? "Did you mean …" : $"“{invocation[Zone].Trim()}” is no time zone",
                new CardBlock.Paragraph(meant.Count > 0 ? string.Join(", ", meant) : TimeZones.HowToWrite)) with
            {
                Actions = [.. meant.Select(z => new CardAction(z, $"{ChannelOption.Typed(invocation, Description.Name)} {z}"))],
            };
        }

        if (await rights.FaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        await settings.ChangeAsync(invocation, ChannelOption.TargetOf(invocation), s => s with { TimeZone = zone.Id }, $"The time zone is {zone.Id}", cancellationToken);
        return Card.Answer($"The time zone is {zone.Id}", new CardBlock.Paragraph($"It is {DigestOption.Clock(zone, time)} there. Digests and quiet hours go by it, over changes of the clocks, too.")) with
        {
            Actions = [new CardAction("All that is set", ChannelOption.Typed(invocation, "channel show"))],
        };
    }
}
