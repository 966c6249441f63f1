using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>/unfollow: takes a follow of this channel back.</summary>
internal sealed class UnfollowCommand(KnowledgeBase knowledge, SubscriptionStore subscriptions, ForeignFollows foreign) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "unfollow", "Stop a follow of this channel", FollowOption.Of(knowledge), ChannelOption.Of("Stop it there instead of here"))
    {
        Example = "unfollow north-korea",
        Changes = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await ChannelOption.FaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var target = ChannelOption.TargetOf(invocation);
        var followed = await subscriptions.ListAsync(target, cancellationToken);
        // One that names what was removed can't be read anew, but it stands there.
        var result = followed.FirstOrDefault(s => s.Expression.ToString() == invocation[FollowOption.Name].Trim()) is { } there
            ? new FollowResult.Understood(there.Expression)
            : FollowParser.Parse(invocation[FollowOption.Name], knowledge);
        if (result is FollowResult.Misunderstood fault)
        {
            return FollowOption.Problem(fault, ChannelOption.Typed(invocation, Description.Name));
        }

        var expression = ((FollowResult.Understood)result).Expression;
        if (await subscriptions.RemoveAsync(target, expression, cancellationToken, foreign.Noting(invocation, expression, null, followed.FirstOrDefault(s => s.Expression.ToString() == expression.ToString())?.Ping)))
        {
            return Card.Answer($"No longer following {expression}") with { Actions = [new CardAction("Follow again", ChannelOption.Typed(invocation, "follow", expression))] };
        }

        return FollowOption.NotFollowed(expression, followed, follow => ChannelOption.Typed(invocation, Description.Name, follow));
    }
}
