using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>/unfollow: takes a follow of this channel back.</summary>
internal sealed class UnfollowCommand(KnowledgeBase knowledge, SubscriptionStore subscriptions) : IChatCommand
{
    public CommandDescription Description { get; } = new("unfollow", "Stop a follow of this channel", FollowOption.Of(knowledge))
    {
        Example = "unfollow north-korea",
        Changes = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var result = FollowParser.Parse(invocation[FollowOption.Name], knowledge);
        if (result is FollowResult.Misunderstood fault)
        {
            return FollowOption.Problem(fault, Description.Name);
        }

        var expression = ((FollowResult.Understood)result).Expression;
        if (await subscriptions.RemoveAsync(invocation.Channel, expression, cancellationToken))
        {
            return Card.Answer($"No longer following {expression}") with { Actions = [new CardAction("Follow again", $"/follow {expression}")] };
        }

        var followed = await subscriptions.ListAsync(invocation.Channel, cancellationToken);
        return Card.Problem(
            $"This channel does not follow {expression}",
            new CardBlock.Paragraph(followed.Count > 0 ? "It follows these; name one of them as it stands here." : "It follows nothing yet."),
            new CardBlock.Items(null, [.. followed.Select(s => new CardItem(s.Expression.ToString()))])) with
        {
            Actions = [.. followed.Take(5).Select(s => new CardAction($"Unfollow {s.Expression}", $"/unfollow {s.Expression}"))],
        };
    }
}
