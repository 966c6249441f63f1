using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Alerts;

/// <summary>/channel quiet: hours in which a channel is told of nothing but what is in a hurry; the rest is told when they end.</summary>
internal sealed class ChannelQuietCommand(ChannelSettingsStore settings, ChannelRights rights) : IChatCommand
{
    public const string Off = "off";

    public const string HowToWrite =
        "Write from when to when, and the days on which they begin if not all: 22:00-07:00, 22:00-07:00 mon-fri, 00:00-24:00 sat,sun. They have to end at some time. To have none, write off.";

    private const string Hours = "hours";
    private const string Floor = "floor";

    public CommandDescription Description { get; } = new(
        "channel quiet",
        "Set quiet hours: what comes then is told when they end, but for what is urgent",
        new CommandOption(Hours, "22:00-07:00, perhaps with days: 22:00-07:00 mon-fri; off ends them", OptionKind.Rest) { Required = true },
        new CommandOption(Floor, "What is told in quiet hours, too: urgent (the usual) or notable")
        {
            Suggest = typed => new[] { Severity.Urgent, Severity.Notable }.Select(s => s.Word()).Where(w => w.StartsWith(typed.Trim(), StringComparison.OrdinalIgnoreCase)).Select(w => new Choice(w, w)),
        },
        ChannelOption.Of("Set them for that one instead of this"))
    {
        Example = "channel quiet 22:00-07:00",
        Changes = true,
    };

    /// <summary>What is told in quiet hours, too, as people read it.</summary>
    public static string Told(Severity floor) => floor == Severity.Urgent ? floor.Word() : $"{floor.Word()} or urgent";

    /// <returns>Null if it is no choice.</returns>
    public static Severity? ParseFloor(string typed) => Severities.Parse(typed) is (Severity.Urgent or Severity.Notable) and var floor ? floor : null;

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var typed = invocation[Hours].Trim();
        var hours = QuietHours.Parse(typed);
        if (hours is null && !typed.Equals(Off, StringComparison.OrdinalIgnoreCase))
        {
            return Card.Problem(
                $"“{typed}” are no hours",
                new CardBlock.Paragraph(HowToWrite));
        }

        if ((invocation.Find(Floor) is { } given ? ParseFloor(given) : Severity.Urgent) is not { } floor)
        {
            return Card.Problem($"“{invocation.Find(Floor)}” is none of the choices", new CardBlock.Paragraph($"Write {Floor}:urgent or {Floor}:notable."));
        }

        if (await rights.FaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var told = hours is null ? "There are no quiet hours" : $"Quiet hours are {hours}";
        await settings.ChangeAsync(
            invocation, ChannelOption.TargetOf(invocation), s => s with { Quiet = hours?.ToString(), QuietFloor = hours is null || floor == Severity.Urgent ? null : floor.Word() }, told, cancellationToken);
        var zone = TimeZones.Of(await settings.FindAsync(ChannelOption.TargetOf(invocation), cancellationToken)).Id;
        return Card.Answer(
            told,
            new CardBlock.Paragraph(hours is null
                ? "What was held for their end is told within a minute."
                : $"By the clocks of {zone}. What comes then is told when they end, but for what is {Told(floor)}. How urgent a story is, its topics say: /topic shows it.")) with
        {
            Actions = [new CardAction("All that is set", ChannelOption.Typed(invocation, "channel show"))],
        };
    }
}
