using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>
/// /refollow: puts another follow in the place of one of this channel. Without the new one it shows the old one in a form for
/// changing it; elsewhere with the line to type.
/// </summary>
internal sealed class RefollowCommand(KnowledgeBase knowledge, SubscriptionStore subscriptions, ForeignFollows foreign) : IChatCommand
{
    private const string To = "to";
    private const int LongestFollow = 1000;

    public CommandDescription Description { get; } = new(
        "refollow",
        "Change a follow of this channel, in a form or at once",
        FollowOption.Of(knowledge),
        // Without suggestions, so that a form shows it as text that can be changed.
        new CommandOption(To, "What to follow instead; a form asks for it if left out", OptionKind.Rest),
        ChannelOption.Of("Change it there instead of here"))
    {
        Example = "refollow north-korea to:north-korea and sanctions",
        Changes = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var old = FollowParser.Parse(invocation[FollowOption.Name], knowledge);
        if (old is not FollowResult.Understood { Expression: var before })
        {
            return FollowOption.Problem((FollowResult.Misunderstood)old, ChannelOption.Typed(invocation, Description.Name));
        }

        if (await ChannelOption.FaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var target = ChannelOption.TargetOf(invocation);
        var followed = await subscriptions.ListAsync(target, cancellationToken);
        if (followed.All(f => f.Expression.ToString() != before.ToString()))
        {
            return FollowOption.NotFollowed(before, followed, follow => ChannelOption.Typed(invocation, Description.Name, follow));
        }

        return invocation.Find(To) is { } typed && !string.IsNullOrWhiteSpace(typed)
            ? await ChangeAsync(invocation, target, before, FollowParser.Parse(typed, knowledge), cancellationToken)
            : Ask(ChannelOption.Typed(invocation, Description.Name, before), before);
    }

    private async Task<Card> ChangeAsync(CommandInvocation invocation, ChannelAddress target, FollowExpression before, FollowResult result, CancellationToken cancellationToken)
    {
        if (result is not FollowResult.Understood { Expression: var after })
        {
            return FollowOption.Problem((FollowResult.Misunderstood)result, $"{ChannelOption.Typed(invocation, Description.Name, before)} {To}:");
        }

        var where = target == invocation.Channel ? "" : $" in {invocation.NameOf(target)}";
        return await subscriptions.ReplaceAsync(target, before, after, cancellationToken, foreign.Noting(invocation, before, after))
            ? Card.Answer($"Following {after}{where}", new CardBlock.Paragraph($"It takes the place of {before}. New stories that match are posted from now on.")) with
            {
                Actions = [new CardAction("Change it back", $"{ChannelOption.Typed(invocation, Description.Name, after)} {To}:{before}"), new CardAction("What the channel follows", ChannelOption.Typed(invocation, "following"))],
            }
            : Card.Answer($"Already following {after}{where}", new CardBlock.Paragraph("The channel has that follow already. Nothing was changed."));
    }

    private static Card Ask(string line, FollowExpression before) => Card.Answer(
        $"Change {before}",
        new CardBlock.Paragraph($"Type the same with what shall be: {line} {To}:{before} and sanctions")) with
    {
        Form = new CardForm("Change a follow", line, [new FormField(To, "Names with and, or, not", before.ToString()) { Required = true, MaxLength = LongestFollow }]),
    };
}
