using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>/unfollow: takes a follow of this channel back.</summary>
internal sealed class UnfollowCommand(KnowledgeBase knowledge, SubscriptionStore subscriptions) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "unfollow", "Stop a follow of this channel", FollowOption.Of(knowledge), ChannelOption.Of("Stop it there instead of here"))
    {
        Example = "unfollow north-korea",
        Changes = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var result = FollowParser.Parse(invocation[FollowOption.Name], knowledge);
        if (result is FollowResult.Misunderstood fault)
        {
            return FollowOption.Problem(fault, ChannelOption.Typed(invocation, Description.Name));
        }

        if (await ChannelOption.FaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var target = ChannelOption.TargetOf(invocation);
        var expression = ((FollowResult.Understood)result).Expression;
        if (await subscriptions.RemoveAsync(target, expression, cancellationToken))
        {
            return Card.Answer($"No longer following {expression}") with { Actions = [new CardAction("Follow again", ChannelOption.Typed(invocation, "follow", expression))] };
        }

        return FollowOption.NotFollowed(expression, await subscriptions.ListAsync(target, cancellationToken), follow => ChannelOption.Typed(invocation, Description.Name, follow));
    }
}
