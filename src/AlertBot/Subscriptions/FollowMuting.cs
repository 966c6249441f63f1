using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>What /mute and /unmute have in common: the follow that is meant, or all of the channel.</summary>
internal static class FollowMuting
{
    /// <param name="until">Null: it is muted no longer.</param>
    /// <param name="done">The answer, given what was changed in words, and the follow; null where it is all.</param>
    public static async Task<Card> RunAsync(
        KnowledgeBase knowledge,
        SubscriptionStore subscriptions,
        CommandInvocation invocation,
        DateTimeOffset? until,
        Func<string, FollowExpression?, Card> done,
        CancellationToken cancellationToken)
    {
        var typed = invocation.Find(FollowOption.Name);
        var result = string.IsNullOrWhiteSpace(typed) ? null : FollowParser.Parse(typed, knowledge);
        if (result is FollowResult.Misunderstood fault)
        {
            return FollowOption.Problem(fault, ChannelOption.Typed(invocation, invocation.Command));
        }

        if (await ChannelOption.FaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var target = ChannelOption.TargetOf(invocation);
        var channel = target == invocation.Channel ? "this channel" : invocation.NameOf(target);

        var expression = (result as FollowResult.Understood)?.Expression;
        var changed = await subscriptions.MuteAsync(target, expression, until, cancellationToken);
        return (changed, expression) switch
        {
            (> 0, null) => done(changed == 1 ? $"the one follow of {channel}" : $"all {changed} follows of {channel}", null),
            (> 0, _) => done(expression.ToString()!, expression),
            (_, null) => Card.Problem(target == invocation.Channel ? "This channel follows nothing yet" : $"{channel} follows nothing yet", new CardBlock.Paragraph("There is nothing to mute. Type /follow and a name, such as /follow north-korea.")),
            _ => FollowOption.NotFollowed(expression, await subscriptions.ListAsync(target, cancellationToken), follow => ChannelOption.Typed(invocation, invocation.Command, follow)),
        };
    }
}
