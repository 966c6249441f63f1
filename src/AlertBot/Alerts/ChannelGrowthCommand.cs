using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Alerts;

/// <summary>/channel growth: what a channel sees of an event that goes on after its alert.</summary>
internal sealed class ChannelGrowthCommand(ChannelSettingsStore settings) : IChatCommand
{
    private const string How = "how";

    public CommandDescription Description { get; } = new(
        "channel growth",
        "Choose what happens when an event goes on: edit its alert, tell it in a thread, or post it anew",
        new CommandOption(How, "edit: the alert only; thread: news in its thread, too; anew: news in the channel, too")
        {
            Required = true,
            Suggest = typed => Enum.GetValues<Growth>().Select(g => new Choice(Name(g), $"{Name(g)}: {Told(g)}")).Where(c => c.Value.StartsWith(typed.Trim(), StringComparison.OrdinalIgnoreCase)),
        },
        ChannelOption.Of("Choose it for that one instead of this"))
    {
        Example = "channel growth thread",
        Changes = true,
    };

    /// <summary>What each choice does, as people read it.</summary>
    public static string Told(Growth growth) => growth switch
    {
        Growth.Edit => "its alert is edited",
        Growth.Thread => "its alert is edited, and what is new goes into the thread under it",
        Growth.Anew => "its alert is edited, and what is new is posted in the channel",
        _ => throw new ArgumentOutOfRangeException(nameof(growth), growth, null),
    };

    /// <returns>Null if it is none of the choices.</returns>
    public static Growth? Parse(string typed) => Enum.GetValues<Growth>().Where(g => Name(g).Equals(typed.Trim(), StringComparison.OrdinalIgnoreCase)).Select(g => (Growth?)g).FirstOrDefault();

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (Parse(invocation[How]) is not { } growth)
        {
            return Card.Problem($"“{invocation[How].Trim()}” is none of the choices", new CardBlock.Facts([.. Enum.GetValues<Growth>().Select(g => new CardFact(Name(g), Told(g)))]));
        }

        if (await ChannelOption.PostingFaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var before = await settings.ChangeAsync(
            invocation, ChannelOption.TargetOf(invocation), s => s with { Growth = growth }, $"When an event goes on, {Told(growth)}", cancellationToken);
        return Card.Answer(
            $"When an event goes on, {Told(growth)}",
            new CardBlock.Paragraph(before.Growth == growth ? "It was so already. Nothing was changed." : "It holds for what comes from now on.")) with
        {
            Actions =
            [
                .. before.Growth == growth ? Array.Empty<CardAction>() : [new CardAction("Change it back", $"{ChannelOption.Typed(invocation, Description.Name)} {Name(before.Growth)}")],
                new CardAction("All that is set", ChannelOption.Typed(invocation, "channel show")),
            ],
        };
    }

    public static string Name(Growth growth) => growth.ToString().ToLowerInvariant();
}
