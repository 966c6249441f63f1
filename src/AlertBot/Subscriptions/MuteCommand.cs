using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>/mute: for some hours, new stories do not alert under one follow of this channel, or under any.</summary>
internal sealed class MuteCommand(KnowledgeBase knowledge, SubscriptionStore subscriptions, TimeProvider time) : IChatCommand
{
    public const int MostHours = 720;

    private const string Hours = "hours";
    private const int DefaultHours = 24;

    public CommandDescription Description { get; } = new(
        "mute",
        "Silence a follow of this channel, or all of them, for some hours",
        FollowOption.Of(knowledge) with { Required = false },
        new CommandOption(Hours, "For how long; a day if left out", OptionKind.Integer) { Min = 1, Max = MostHours },
        ChannelOption.Of("Mute that one instead of this"))
    {
        Example = "mute north-korea hours:48",
        Changes = true,
    };

    public async Task<Card> RunAsync(CommandInvocation given, CancellationToken cancellationToken)
    {
        var invocation = WithHours(given);
        var faults = CommandCheck.FaultsOf(Description, invocation).ToList();
        if (faults.Count > 0)
        {
            return CommandCheck.Problem(Description, invocation.Options, faults);
        }

        var hours = invocation.Find(Hours) is { } wanted ? int.Parse(wanted, CultureInfo.InvariantCulture) : DefaultHours;
        var until = time.GetUtcNow().AddHours(hours);
        return await FollowMuting.RunAsync(
            knowledge,
            subscriptions,
            invocation,
            until,
            (what, follow) => Card.Answer(
                $"Muted {what} until {until:u}",
                new CardBlock.Paragraph("Stories that come until then do not alert under it; /latest shows them all the same.")) with
            {
                Actions = [new CardAction("Unmute", ChannelOption.Typed(invocation, "unmute", follow)), new CardAction("What the channel follows", ChannelOption.Typed(invocation, "following"))],
            },
            cancellationToken);
    }

    // Typed words all go into the first option: a number at their end is meant for the second, unless it is part of a name.
    private CommandInvocation WithHours(CommandInvocation invocation)
    {
        if (invocation.Find(Hours) is not null || invocation.Find(FollowOption.Name) is not { } what || FollowParser.Parse(what, knowledge) is FollowResult.Understood)
        {
            return invocation;
        }

        var number = what[(what.LastIndexOf(' ') + 1)..];
        return int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? invocation with { Options = new Dictionary<string, string>(invocation.Options) { [FollowOption.Name] = what[..^number.Length].Trim(), [Hours] = number } }
            : invocation;
    }
}
