using System.Globalization;
using AlertBot.Platforms;
using AlertBot.Subscriptions;
using Microsoft.Extensions.Options;

namespace AlertBot.Alerts;

/// <summary>/channel pings: how often an hour the alerts of a channel may call roles.</summary>
internal sealed class ChannelPingsCommand(ChannelSettingsStore settings, IOptions<AlertsOptions> options) : IChatCommand
{
    public const int MostPerHour = 60;

    private const string Most = "most";

    public CommandDescription Description { get; } = new(
        "channel pings",
        "Set how often an hour the alerts of this channel may call a role; what is over that calls nobody",
        new CommandOption(Most, "So many an hour; 0: never", OptionKind.Integer) { Required = true, Min = 0, Max = MostPerHour },
        ChannelOption.Of("Set it for that one instead of this"))
    {
        Example = "channel pings 4",
        Changes = true,
        ModeratorsOnly = true,
    };

    public static string Told(int most) => most == 0 ? "never" : string.Create(CultureInfo.InvariantCulture, $"at most {most} an hour");

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await ChannelOption.PostingFaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var most = int.Parse(invocation[Most], CultureInfo.InvariantCulture);
        var before = await settings.ChangeAsync(
            invocation, ChannelOption.TargetOf(invocation), s => s with { PingsPerHour = most }, $"Alerts call roles {Told(most)}", cancellationToken);
        var was = before.PingsPerHour ?? options.Value.PingsPerHour;
        return Card.Answer(
            $"Alerts call roles {Told(most)}",
            new CardBlock.Paragraph(was == most ? "It was so already." : $"Until now: {Told(was)}. Which follows call whom is set with /follow and its option ping.")) with
        {
            Actions =
            [
                .. was == most ? Array.Empty<CardAction>() : [new CardAction("Change it back", string.Create(CultureInfo.InvariantCulture, $"{ChannelOption.Typed(invocation, Description.Name)} {was}"))],
                new CardAction("All that is set", ChannelOption.Typed(invocation, "channel show")),
            ],
        };
    }
}
